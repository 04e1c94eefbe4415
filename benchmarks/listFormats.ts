import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { formatTenantListIssue, parseTenantList } from "@azurestack-csp/provider";
import { parse as parseCsv } from "csv-parse/sync";
import { parseTree } from "jsonc-parser";
import { parseDocument } from "yaml";
import { parseBenchmarkArguments, usage } from "./arguments.ts";
import { type Customer, makeCustomers, makeTenantList, registrationId } from "./customers.ts";
import { align } from "./report.ts";

/** What reads a text, each in a process of its own; the parser alone is what nobody can do without. */
const readers: Readonly<Record<string, (text: string, file: string) => unknown>> = {
  yaml: (text) => parseDocument(text),
  // With places, which JSON.parse does not tell.
  json: (text) => parseTree(text),
  "JSON.parse": (text) => JSON.parse(text) as unknown,
  csv: (text) => parseCsv(text, { raw: true, relax_column_count: true }) as unknown,
  validate(text, file) {
    // A CSV file has no registrations of its own.
    const hubs = { file: "hubs.json", text: JSON.stringify({ registrations: { hub: { registrationId } } }) };
    const files = [{ file, text }, ...(file.endsWith(".csv") ? [hubs] : [])];
    return parseTenantList(files).issues.map(formatTenantListIssue).join("\n");
  },
};

interface Effort {
  readonly seconds: number;
  readonly peakMiB: number;
  /** What is printed, in bytes. */
  readonly output: number;
}

const [, , reader = "", file = ""] = process.argv;
const read = readers[reader];
if (read) await measureHere(read, file);
else await main();

/** Measures reading and checking a list beside parsing alone, for each format and for lists that no customer has. */
async function main(): Promise<void> {
  const { help, tenants } = parseBenchmarkArguments(process.argv.slice(2));
  if (help) return console.log(usage);
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const rows = [["list", "MiB", "parser", "seconds", "MiB", "validate", "MiB", "times", "printed"]];
  try {
    for (const { title, name, alone, text } of cases(makeCustomers(tenants))) {
      const path = join(folder, name);
      await writeFile(path, text);
      for (const parser of alone) {
        const [theirs, ours] = [await effort(parser, path), await effort("validate", path)];
        const size = (text.length / 1024 / 1024).toFixed(1);
        const told = [theirs, ours].flatMap(({ seconds, peakMiB }) => [seconds.toFixed(2), peakMiB.toFixed(0)]);
        rows.push([title, size, parser, ...told, (ours.seconds / theirs.seconds).toFixed(1), String(ours.output)]);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(align(rows, 3).join("\n"));
}

interface Case {
  readonly title: string;
  /** The file's, whose ending tells the format. */
  readonly name: string;
  /** The parsers that it is measured beside. */
  readonly alone: readonly string[];
  readonly text: string;
}

function* cases(customers: readonly Customer[]): Generator<Case> {
  const title = `${customers.length} tenants`;
  const registrations = { hub: { registrationId } };
  const tenants = customers.map((customer) => ({ ...customer, registrations: ["hub"] }));
  const [first] = tenants;
  yield { title, name: "tenants.yaml", alone: ["yaml"], text: makeTenantList(customers) };
  const text = JSON.stringify({ registrations, tenants }, undefined, 2);
  yield { title, name: "tenants.json", alone: ["json", "JSON.parse"], text };
  const lines = customers.map((each) => `${each.name},${each.tenantId},${each.customerSubscriptionId},hub\n`);
  const header = "name,tenantId,customerSubscriptionId,registrations\n";
  yield { title, name: "tenants.csv", alone: ["csv"], text: `${header}${lines.join("")}` };
  const overwrite = Array.from({ length: 2_000_000 }, () => "x");
  const many = JSON.stringify({ registrations, tenants: [{ ...first, overwrite }] });
  yield { title: "2 million wrong ids to overwrite", name: "overwrite.json", alone: ["json"], text: many };
  const keys = Array.from({ length: 300_000 }, (_, index) => [`wrong${index}`, 1] as const);
  const wrong = JSON.stringify({ registrations, tenants: [{ ...first, ...Object.fromEntries(keys) }] });
  yield { title: "300,000 wrong keys", name: "keys.json", alone: ["json"], text: wrong };
}

/** The memory of Node itself, which every reader needs, counts for both. */
async function effort(name: string, path: string): Promise<Effort> {
  const args = ["--conditions=development", fileURLToPath(import.meta.url), name, path];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as Effort;
}

async function measureHere(act: (text: string, file: string) => unknown, path: string): Promise<void> {
  const text = await readFile(path, "utf8");
  const startedAt = performance.now();
  const result = act(text, path);
  const seconds = (performance.now() - startedAt) / 1000;
  const output = typeof result === "string" ? Buffer.byteLength(result) : 0;
  console.log(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024, output }));
}

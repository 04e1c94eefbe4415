import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createAzureClients, inspectTenantList, parseTenantList, type TenantList } from "@azurestack-csp/provider";
import { parseDocument } from "yaml";
import { startEmulatorProcess } from "../scripts/dev/emulatorProcess.ts";
import { emulatorEnvironment } from "../scripts/dev/environment.ts";
import { parseBenchmarkArguments, usage } from "./arguments.ts";
import { makeCustomers, makeTenantList, makeWorld } from "./customers.ts";

/** What is measured, each in a process of its own: the first of a pair is what the second cannot do without. */
const measures = {
  parse: async (text: string) => void parseDocument(text),
  validate: async (text: string) => void read(text),
  lists: async (text: string) => {
    const { registrations } = createAzureClients(process.env);
    for (const { registration } of read(text).registrations)
      await registrations.listCustomerSubscriptions(registration);
  },
  plan: async (text: string) => {
    const { registrations } = createAzureClients(process.env);
    // Everything is registered and the stack's own, as on every day but the first.
    await inspectTenantList(() => registrations, { list: read(text), today: "2026-11-21", stackIsUnknown: true });
  },
};

interface Effort {
  readonly seconds: number;
  readonly peakMiB: number;
}

const [, , measure, file] = process.argv;
if (measure !== undefined && measure in measures && file) await measureHere(measure as keyof typeof measures, file);
else await main();

/** Measures `validate` beside parsing alone, and `plan` beside its list calls, and prints time, memory and ratios. */
async function main(): Promise<void> {
  const settings = parseBenchmarkArguments(process.argv.slice(2));
  if (settings.help) return console.log(usage);
  const customers = makeCustomers(settings.tenants);
  const root = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const { registrations = [], ...world } = makeWorld(customers);
  const customerSubscriptions = customers.map(({ name: _, ...ids }) => ids);
  const registered = registrations.map((registration) => ({ ...registration, customerSubscriptions }));
  await writeFile(join(root, "world.json"), JSON.stringify({ ...world, registrations: registered }));
  await writeFile(join(root, "tenants.yaml"), makeTenantList(customers));
  const emulator = await startEmulatorProcess({ args: ["--world", join(root, "world.json")] });
  try {
    const env = emulatorEnvironment({ ambient: process.env, azure: emulator.connection, folder: root });
    const effort = async (name: keyof typeof measures): Promise<Effort> => {
      const args = ["--conditions=development", fileURLToPath(import.meta.url), name, join(root, "tenants.yaml")];
      return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout) as Effort;
    };
    const efforts = {
      parse: await effort("parse"),
      validate: await effort("validate"),
      lists: await effort("lists"),
      plan: await effort("plan"),
    };
    const ratio = (one: Effort, other: Effort) => ({
      time: one.seconds / other.seconds,
      memory: one.peakMiB / other.peakMiB,
    });
    const ratios = { validate: ratio(efforts.validate, efforts.parse), plan: ratio(efforts.plan, efforts.lists) };
    console.log(JSON.stringify({ tenants: customers.length, ...efforts, ratios }));
  } finally {
    await emulator.stop();
    await rm(root, { recursive: true, force: true });
  }
}

async function measureHere(name: keyof typeof measures, path: string): Promise<void> {
  const text = await readFile(path, "utf8");
  const startedAt = performance.now();
  await measures[name](text);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}

function read(text: string): TenantList {
  const { list } = parseTenantList([{ file: "tenants.yaml", text }]);
  if (!list) throw new Error("The generated list is not usable.");
  return list;
}

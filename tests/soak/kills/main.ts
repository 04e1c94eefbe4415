/**
 * Kills runs in many situations, each of them drawn from a number, and prints what they came to.
 *
 * A broken one does not stop the others. Results are kept in a file, from which `--resume` goes on.
 */
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import pMap from "p-map";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { type KillResult, killTables, withTables } from "./killTable.ts";
import { type KillReport, killSomewhere } from "./runKill.ts";
import { drawSituation, titleOf } from "./situation.ts";

const usage = `Usage: npm run test:kills -- [--seed N] [--count N] [--jobs N] [--resume] [--page]

  --seed N   the first number, 0 by default; with it alone, only that one
  --count N  how many numbers from there on, 100 by default
  --jobs N   how many at one time, 2 by default
  --resume   goes on where an earlier call stopped, and repeats what it found broken
  --page     writes the tables to docs/kills.md`;

const resultsFile = join(workspaceRoot, ".tools", "kills.jsonl");
const page = join(workspaceRoot, "docs", "kills.md");

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string" },
      count: { type: "string" },
      jobs: { type: "string", default: "2" },
      resume: { type: "boolean", default: false },
      page: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const first = wholeNumber(values.seed ?? "0");
  const count = wholeNumber(values.count ?? (values.seed === undefined ? "100" : "1"));
  const seeds = Array.from({ length: count }, (_, index) => first + index);
  const known = values.resume ? await readResults() : [];
  if (!values.resume) await rm(resultsFile, { force: true });
  const done = new Map(known.filter(({ outcome }) => outcome !== "broken").map((result) => [result.seed, result]));
  const kill = async (seed: number) => done.get(seed) ?? (await killOne(seed));
  const results = await pMap(seeds, kill, { concurrency: wholeNumber(values.jobs) });

  const tables = killTables(results);
  console.log(`\n${tables}`);
  if (values.page) await writeFile(page, withTables(await readFile(page, "utf8"), tables));
  const broken = results.filter(({ outcome }) => outcome === "broken");
  console.log(`\n${results.length} kills, ${broken.length} broken${broken.map(({ seed }) => ` ${seed}`).join()}`);
  return broken.length === 0 ? 0 : 1;
}

async function killOne(seed: number): Promise<KillResult> {
  const situation = drawSituation(seed);
  const startedAt = performance.now();
  const { outcome, problems, output } = await killSomewhere(situation).catch(toReport);
  const result: KillResult = { seed, situation, outcome, problems };
  await mkdir(dirname(resultsFile), { recursive: true });
  await appendFile(resultsFile, `${JSON.stringify(result)}\n`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${seed} ${titleOf(situation)}: ${outcome} (${seconds} s)`);
  if (outcome === "broken") console.log([...problems, output].join("\n").replaceAll(/^/gm, "    "));
  return result;
}

/** A kill that could not be carried out is a fault of this program, or of the run. */
function toReport(error: unknown): KillReport {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcome: "broken", problems: [text], output: "" };
}

async function readResults(): Promise<readonly KillResult[]> {
  const text = await readFile(resultsFile, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KillResult);
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new RangeError(`"${text}" is no whole number.\n\n${usage}`);
}

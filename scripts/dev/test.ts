import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workspaceRoot } from "./emulatorProcess.ts";
import { localEnvironment } from "./environment.ts";

interface Counts {
  readonly passes: number;
  readonly failures: number;
}

/** One check; it passed where its exit code is 0. */
interface Check {
  readonly name: string;
  readonly code: number;
}

/** One run of mocha; `counts` is undefined when it ended before it had run the tests. */
interface TestRun extends Check {
  readonly counts: Counts | undefined;
}

const dev = join(workspaceRoot, "scripts", "dev");
const local = localEnvironment(process.env);
const env: Record<string, string> = {
  ...local,
  // Hundreds of short processes load the same packages; compiling them takes longer than most tests do.
  NODE_COMPILE_CACHE: join(workspaceRoot, ".tools", "compile-cache"),
  NODE_OPTIONS: `${local.NODE_OPTIONS} --require ${JSON.stringify(join(dev, "programFlags.cjs"))}`,
};
const modules = join(workspaceRoot, "node_modules");
const c8 = join(modules, "c8", "bin", "c8.js");
const fast = ["--config", ".mocharc.json", "tests/{unit,contract,emulator,lifecycle,program}/**/*.test.ts"];
const sideBySide = ["--parallel", "--jobs", "3"];
/** The longest files come first, so that none of them is left for one core at the end. */
const endToEnd = [
  ...["--config", ".mocharc.e2e.json", "tests/e2e/package/**/*.test.ts"],
  ...["tests/e2e/!(package|dangerous|killedSyncs|reconcile|story)/**/*.test.ts", "tests/e2e/*.test.ts"],
];
/** Runs after runs of the engine, and syncs, many of them refused or killed; they take longer than all others together. */
const sequences = ["--config", ".mocharc.e2e.json", "tests/e2e/{story,reconcile,dangerous,killedSyncs}/**/*.test.ts"];
const unhurried = ["--timeout", "7200000"];
const kills = ["--conditions=development", join(workspaceRoot, "tests", "soak", "kills", "main.ts")];
const soak = [
  ...["--config", ".mocharc.e2e.json", ...unhurried],
  ...["tests/soak/**/*.test.ts", "tests/unit/usage/domain/rates/fuzz/*.test.ts", "tests/e2e/life/guardedLists.test.ts"],
];

process.exitCode = await main(process.argv.slice(2));

/** Runs checks and tests, or only what the arguments name, and ends with `N passed, N failed`. */
async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === "--coverage") return await testCoverage();
  await fillCompileCache();
  if (first === "--unit") return sumUp([await runMocha("Tests", [...fast, ...sideBySide, ...rest])]);
  if (first === "--soak") return await testLong(rest);
  if (first === "--kills") return await runNode([...kills, ...rest], "inherit");
  if (first === "--e2e") return sumUp([await runMocha("End-to-end tests", [...endToEnd, ...rest])]);
  if (first === "--sequences") return sumUp([await runMocha("Sequences of runs", [...sequences, ...rest])]);
  if (first !== undefined) return sumUp([await runMocha("Selected tests", ["--config", configOf(args), ...args])]);
  const checks = Promise.all([
    runCheck("Types", join("typescript", "bin", "tsc"), ["-p", "tsconfig.json"]),
    runCheck("Format and lint", join("@biomejs", "biome", "bin", "biome"), ["check", "."]),
  ]);
  const tests = await runMocha("Tests", [...fast, ...sideBySide]);
  const endToEndTests = await runMocha("End-to-end tests", endToEnd);
  return sumUp([tests, endToEndTests], await checks);
}

/** Functions that come from the compile cache are not counted right. */
async function testCoverage(): Promise<number> {
  env.NODE_DISABLE_COMPILE_CACHE = "1";
  return sumUp([await runMocha("Tests, with coverage", fast, [c8, process.execPath])]);
}

/** Tries many more random cases, kills runs wherever they can be killed, and then a hundred of them in any way. */
async function testLong(args: readonly string[]): Promise<number> {
  env.TEST_SOAK = "true";
  const tests = [
    await runMocha("Random cases, many", ["--config", ".mocharc.json", ...unhurried, ...randomTests(), ...args]),
    await runMocha("Runs, of any lists and killed at every place", [...soak, ...args]),
  ];
  console.log("\n=== A hundred kills\n");
  return sumUp(tests, [{ name: "A hundred kills", code: await runNode(kills, "inherit") }]);
}

/** The unit tests that try more cases where there is time, as `tests/support/effort.ts` says. */
function randomTests(): readonly string[] {
  const folder = join(workspaceRoot, "tests", "unit");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join(folder, file))
    .filter((file) => readFileSync(file, "utf8").includes("support/effort.ts"));
}

/** Without it the tests take longer, and are the same. */
async function fillCompileCache(): Promise<void> {
  await runNode([join(dev, "fillCompileCache.mjs")], "ignore");
}

function configOf(args: readonly string[]): string {
  return args.some((arg) => arg.includes("e2e")) ? ".mocharc.e2e.json" : ".mocharc.json";
}

/** Runs a check beside the tests; what it prints stands together, once it has ended. */
async function runCheck(name: string, script: string, args: readonly string[]): Promise<Check> {
  const printed: Buffer[] = [];
  const code = await runNode([join(modules, script), ...args], (chunk) => printed.push(chunk));
  console.log(`\n=== ${name}\n\n${Buffer.concat(printed).toString("utf8")}`);
  return { name, code };
}

async function runMocha(name: string, args: readonly string[], wrapper: readonly string[] = []): Promise<TestRun> {
  console.log(`\n=== ${name}\n`);
  const folder = mkdtempSync(join(tmpdir(), "azurestack-csp-test-"));
  try {
    const counts = join(folder, "counts.json");
    const reporter = ["--reporter", join(workspaceRoot, "scripts", "dev", "mochaReporter.mjs")];
    const option = ["--reporter-option", `counts=${counts}`];
    const mocha = join(modules, "mocha", "bin", "mocha.js");
    const code = await runNode([...wrapper, mocha, ...reporter, ...option, ...args], "inherit");
    return { name, code, counts: readCounts(counts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs Node to its end; `output` says where what it prints goes, or is given it. */
async function runNode(
  args: readonly string[],
  output: "inherit" | "ignore" | ((chunk: Buffer) => void),
): Promise<number> {
  const stream = typeof output === "function" ? "pipe" : output;
  const child = spawn(process.execPath, args, { cwd: workspaceRoot, env, stdio: ["inherit", stream, stream] });
  if (typeof output === "function") for (const from of [child.stdout, child.stderr]) from?.on("data", output);
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}

function readCounts(file: string): Counts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Counts) : undefined;
}

function sumUp(runs: readonly TestRun[], checks: readonly Check[] = []): number {
  const passed = runs.reduce((sum, { counts }) => sum + (counts?.passes ?? 0), 0);
  const failed = runs.reduce((sum, { counts }) => sum + (counts?.failures ?? 0), 0);
  const broken = [...checks, ...runs].filter(({ code }) => code !== 0);
  for (const { name, code } of broken) console.log(`Not passed: ${name} (exit code ${code})`);
  console.log(`${passed} passed, ${failed} failed`);
  return broken.length === 0 ? 0 : 1;
}

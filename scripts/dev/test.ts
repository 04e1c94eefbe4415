import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workspaceRoot } from "./emulatorProcess.ts";
import { localEnvironment } from "./environment.ts";

interface Counts {
  readonly passes: number;
  readonly failures: number;
}

/** One run of mocha; `counts` is undefined when it ended before it had run the tests. */
interface TestRun {
  readonly name: string;
  readonly code: number;
  readonly counts: Counts | undefined;
}

const env: Record<string, string> = {
  ...localEnvironment(process.env),
  // Hundreds of short processes load the same packages; compiling them takes longer than most tests do.
  NODE_COMPILE_CACHE: join(workspaceRoot, ".tools", "compile-cache"),
};
const modules = join(workspaceRoot, "node_modules");
const c8 = join(modules, "c8", "bin", "c8.js");
const fast = ["--config", ".mocharc.json", "tests/{unit,contract,emulator,lifecycle,program}/**/*.test.ts"];
const endToEnd = ["--config", ".mocharc.e2e.json", "tests/e2e/**/*.test.ts"];
const unhurried = ["--timeout", "7200000"];
const random = [
  "provider/lifecycle/customerSubscription/model",
  "provider/domain/plan/appliedPlan",
  "provider/domain/tenantList/fuzz/fuzz",
  "provider/domain/tenantList/roundTrip",
].map((name) => `tests/unit/${name}.test.ts`);
const soak = [
  ...["--config", ".mocharc.e2e.json", ...unhurried],
  ...["tests/soak/**/*.test.ts", "tests/e2e/life/guardedLists.test.ts"],
];

process.exitCode = main(process.argv.slice(2));

/** Runs checks and tests, or only what the arguments name, and ends with `N passed, N failed`. */
function main(args: readonly string[]): number {
  const [first] = args;
  if (first === "--unit") return sumUp([], [runMocha("Tests", [...fast, ...args.slice(1)])]);
  if (first === "--coverage") return testCoverage();
  if (first === "--soak") return testLong(args.slice(1));
  if (first === "--e2e") return sumUp([], [runMocha("End-to-end tests", [...endToEnd, ...args.slice(1)])]);
  if (first !== undefined) return sumUp([], [runMocha("Selected tests", ["--config", configOf(args), ...args])]);
  const checks = [
    runCheck("Format and lint", join("@biomejs", "biome", "bin", "biome"), ["check", "."]),
    runCheck("Types", join("typescript", "bin", "tsc"), ["-p", "tsconfig.json"]),
  ];
  return sumUp(checks, [runMocha("Tests", fast), runMocha("End-to-end tests", endToEnd)]);
}

/** Functions that come from the compile cache are not counted right. */
function testCoverage(): number {
  env.NODE_DISABLE_COMPILE_CACHE = "1";
  return sumUp([], [runMocha("Tests, with coverage", fast, [c8, process.execPath])]);
}

/** Tries many more random cases, and kills runs wherever they can be killed. */
function testLong(args: readonly string[]): number {
  env.TEST_SOAK = "true";
  return sumUp(
    [],
    [
      runMocha("Random cases, many", ["--config", ".mocharc.json", ...unhurried, ...random, ...args]),
      runMocha("Runs, of any lists and killed at every place", [...soak, ...args]),
    ],
  );
}

function configOf(args: readonly string[]): string {
  return args.some((arg) => arg.includes("e2e")) ? ".mocharc.e2e.json" : ".mocharc.json";
}

function runCheck(name: string, script: string, args: readonly string[]): { name: string; code: number } {
  console.log(`\n=== ${name}\n`);
  return { name, code: runNode([join(modules, script), ...args]) };
}

function runMocha(name: string, args: readonly string[], wrapper: readonly string[] = []): TestRun {
  console.log(`\n=== ${name}\n`);
  const folder = mkdtempSync(join(tmpdir(), "azurestack-csp-test-"));
  try {
    const counts = join(folder, "counts.json");
    const reporter = ["--reporter", join(workspaceRoot, "scripts", "dev", "mochaReporter.mjs")];
    const option = ["--reporter-option", `counts=${counts}`];
    const code = runNode([...wrapper, join(modules, "mocha", "bin", "mocha.js"), ...reporter, ...option, ...args]);
    return { name, code, counts: readCounts(counts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runNode(args: readonly string[]): number {
  return spawnSync(process.execPath, args, { cwd: workspaceRoot, env, stdio: "inherit" }).status ?? 1;
}

function readCounts(file: string): Counts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Counts) : undefined;
}

function sumUp(checks: readonly { name: string; code: number }[], runs: readonly TestRun[]): number {
  const passed = runs.reduce((sum, { counts }) => sum + (counts?.passes ?? 0), 0);
  const failed = runs.reduce((sum, { counts }) => sum + (counts?.failures ?? 0), 0);
  const broken = [...checks, ...runs].filter(({ code }) => code !== 0);
  for (const { name, code } of broken) console.log(`Not passed: ${name} (exit code ${code})`);
  console.log(`${passed} passed, ${failed} failed`);
  return broken.length === 0 ? 0 : 1;
}

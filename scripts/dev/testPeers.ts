/**
 * Runs what may differ with them on the versions of `@pulumi/pulumi`, the Pulumi CLI and Node that users may have: the
 * lifecycle tests, the dangerous sequences, and the root program with the packages as they are installed.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureNodeVersion } from "../setup/node.mjs";
import { withPathFirst } from "../setup/processes.mjs";
import { ensurePulumi } from "../setup/pulumi.mjs";
import { workspaceRoot } from "./emulatorProcess.ts";
import { localEnvironment } from "./environment.ts";
import { type Cell, type Choice, type Part, readChoice } from "./peers/cells.ts";
import { describeOutcomes, type Outcome } from "./peers/describeOutcomes.ts";
import { installProgram, packPackages, runProgram } from "./peers/packedProgram.ts";
import { copyWorkspace } from "./peers/peerWorkspace.ts";
import { runStep } from "./peers/runStep.ts";

const sequences = "tests/e2e/dangerous";
const testsOf: Readonly<Record<Exclude<Part, "program">, readonly string[]>> = {
  tests: ["tests/lifecycle/**/*.test.ts", `${sequences}/**/*.test.ts`],
  lookUps: [`${sequences}/declarations/lookUp.test.ts`],
};

/** What is installed for all cells of an SDK, and the tools by version. */
interface Installed {
  /** Where the runs keep their files. */
  readonly folder: string;
  /** The root program with the packed packages. */
  readonly program: string;
  /** A copy of this workspace. */
  readonly workspace: string;
  /** Tests to run in place of a part's own. */
  readonly files: readonly string[];
  /** The folders of the CLIs. */
  readonly clis: ReadonlyMap<string, string>;
  /** The executables of Node. */
  readonly nodes: ReadonlyMap<string, string>;
}

const interruption = new AbortController();
const interrupted = Object.assign(
  new Error("[INTERRUPTED] The runs were interrupted; what they had made is removed."),
  {
    code: "INTERRUPTED",
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => interruption.abort(interrupted));

try {
  const outcomes = await runMatrix(readChoice(process.argv.slice(2)));
  console.log(`\n${describeOutcomes(outcomes)}`);
  process.exitCode = outcomes.every(({ failed }) => failed.length === 0) ? 0 : 1;
} catch (error) {
  // A coded error says everything itself; anything else is a fault of this script and needs its stack.
  console.error(error instanceof Error && "code" in error ? error.message : error);
  process.exitCode = 1;
}

async function runMatrix({ cells, files }: Choice): Promise<readonly Outcome[]> {
  const clis = await ensureAll(
    cells.map(({ cli }) => cli),
    (version) => ensurePulumi({ root: workspaceRoot, version }),
  );
  const nodes = await ensureAll(
    cells.map(({ node }) => node),
    (version) => ensureNodeVersion({ root: workspaceRoot, version }),
  );
  const folder = await mkdtemp(join(await realpath(tmpdir()), "azurestack-csp-peers-"));
  try {
    const tarballs = await packPackages(folder);
    const outcomes: Outcome[] = [];
    for (const [sdk, ofSdk] of Map.groupBy(cells, ({ sdk }) => sdk)) {
      const program = await installProgram(folder, sdk, tarballs);
      const workspace = join(folder, `workspace-${sdk}`);
      await copyWorkspace(workspace, { sdk: program });
      for (const cell of ofSdk) outcomes.push(await runCell(cell, { folder, program, workspace, files, clis, nodes }));
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One after another: each may take a build, with all cores. */
async function ensureAll(
  versions: readonly string[],
  ensure: (version: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const version of new Set(versions)) found.set(version, await ensure(version));
  return found;
}

async function runCell(cell: Cell, installed: Installed): Promise<Outcome> {
  console.log(`\n=== @pulumi/pulumi ${cell.sdk}, CLI ${cell.cli}, Node ${cell.node}`);
  const startedAt = performance.now();
  const failed: Part[] = [];
  for (const part of cell.parts) {
    if (!(await runPart(part, cell, installed))) failed.push(part);
    // What was interrupted has not failed, and what would follow is not wanted.
    interruption.signal.throwIfAborted();
  }
  return { cell, failed, durationInMs: performance.now() - startedAt };
}

function runPart(part: Part, { sdk, cli, node }: Cell, installed: Installed): Promise<boolean> {
  const { folder, program, workspace, files, clis, nodes } = installed;
  const executable = nodes.get(node) ?? process.execPath;
  const ambient = withPathFirst(withPathFirst(process.env, dirname(executable)), clis.get(cli) ?? "");
  if (part === "program") return runProgram(program, { folder: join(folder, `life-${sdk}-${cli}-${node}`), ambient });
  const mocha = join(workspace, "node_modules", "mocha", "bin", "mocha.js");
  // Hundreds of short processes load the same packages.
  const env = { ...localEnvironment(ambient), NODE_COMPILE_CACHE: join(folder, "compile-cache") };
  const tests = files.length > 0 ? files : testsOf[part];
  return runStep(executable, [mocha, "--config", ".mocharc.e2e.json", ...tests], { cwd: workspace, env });
}

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleWorld, startEmulatorProcess, workspaceRoot } from "../emulatorProcess.ts";
import { emulatorEnvironment, localEnvironment } from "../environment.ts";
import { copyWorkspace } from "./peerWorkspace.ts";
import { npm, runStep } from "./runStep.ts";

/** Tarballs of what users install, as dependencies of a `package.json`. */
export type Tarballs = Readonly<Record<string, string>>;

const packages = ["provider", "sdk/nodejs"];
const programFiles = ["Pulumi.yaml", "index.ts", "tenants.yaml"];
const life = [
  ["stack", "init", "peers"],
  ["up", "--yes", "--skip-preview"],
  ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  ["destroy", "--yes", "--skip-preview"],
];

/** Builds and packs, in a copy of the workspace below `folder`, what users install. */
export async function packPackages(folder: string): Promise<Tarballs> {
  const workspace = join(folder, "packed");
  await copyWorkspace(workspace);
  const options = { cwd: workspace, env: localEnvironment(process.env) };
  await npm(["run", "build"], options);
  const named = packages.flatMap((name) => ["--workspace", name]);
  await npm(["pack", ...named, "--pack-destination", folder, "--silent"], options);
  const files = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  return Object.fromEntries(files.map((file) => [packageNameOf(file), `file:${join(folder, file)}`]));
}

function packageNameOf(tarball: string): string {
  return tarball.startsWith("azurestack-csp-provider-") ? "@azurestack-csp/provider" : "azurestack-csp";
}

/** Installs the root program below `folder` with that SDK, as a user of the packages does, and returns its folder. */
export async function installProgram(folder: string, sdk: string, tarballs: Tarballs): Promise<string> {
  const program = join(folder, `program-${sdk}`);
  mkdirSync(program);
  const dependencies = { ...tarballs, "@pulumi/pulumi": sdk };
  const manifest = { name: "peers", private: true, type: "module", main: "index.ts", dependencies };
  writeFileSync(join(program, "package.json"), JSON.stringify(manifest));
  for (const file of programFiles) copyFileSync(join(workspaceRoot, file), join(program, file));
  const env = localEnvironment(process.env);
  await npm(["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: program, env });
  return program;
}

/**
 * Runs an installed program through a whole life on a new emulator, with the CLI and the Node that come first on PATH,
 * and tells whether every command succeeded; `folder` has to be new.
 */
export async function runProgram(
  program: string,
  { folder, ambient }: { readonly folder: string; readonly ambient: NodeJS.ProcessEnv },
): Promise<boolean> {
  mkdirSync(folder);
  const emulator = await startEmulatorProcess({ args: ["--world", unlockedWorld(folder)] });
  try {
    // The packages run compiled, as they were installed.
    const { NODE_OPTIONS: _sources, ...env } = emulatorEnvironment({ ambient, azure: emulator.connection, folder });
    for (const args of life) {
      if (!(await runStep("pulumi", [...args, "--non-interactive"], { cwd: program, env }))) return false;
    }
    return true;
  } finally {
    await emulator.stop();
  }
}

/** The sample world without its lock, so that everything can be destroyed again. */
function unlockedWorld(folder: string): string {
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(sampleWorld, "utf8")), locks: [] }));
  return file;
}

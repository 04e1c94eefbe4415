import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleWorld, startEmulatorProcess, workspaceRoot } from "./emulatorProcess.ts";
import { emulatorEnvironment, localEnvironment } from "./environment.ts";

/** The ends of the range that `azurestack-csp` accepts of its peer `@pulumi/pulumi`. */
const peers = ["3.216.0", "latest"];
const packages = ["provider", "sdk/nodejs"];
const programFiles = ["Pulumi.yaml", "index.ts", "tenants.yaml"];
const commands = [
  ["stack", "init", "peers"],
  ["up", "--yes", "--skip-preview"],
  ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  ["destroy", "--yes", "--skip-preview"],
];

const folder = mkdtempSync(join(tmpdir(), "azurestack-csp-peers-"));
try {
  const tarballs = pack();
  const versions: string[] = [];
  for (const peer of peers) versions.push(await runWith(peer, tarballs));
  console.log(`\nThe root program ran with @pulumi/pulumi ${versions.join(" and ")}.`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Builds and packs what users install; the paths by package name. */
function pack(): Record<string, string> {
  npm(["run", "build"], workspaceRoot);
  npm(
    ["pack", ...packages.flatMap((name) => ["--workspace", name]), "--pack-destination", folder, "--silent"],
    workspaceRoot,
  );
  const files = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  return Object.fromEntries(files.map((file) => [nameOf(file), `file:${join(folder, file)}`]));
}

function nameOf(tarball: string): string {
  return tarball.startsWith("azurestack-csp-provider-") ? "@azurestack-csp/provider" : "azurestack-csp";
}

/**
 * Runs the root program, as a user who has installed the packages does, through a whole life on a new emulator.
 *
 * Returns the version of `@pulumi/pulumi` it ran with.
 */
async function runWith(peer: string, tarballs: Record<string, string>): Promise<string> {
  const program = join(folder, `pulumi-${peer}`);
  mkdirSync(program);
  const dependencies = { ...tarballs, "@pulumi/pulumi": peer };
  const manifest = { name: "peers", private: true, type: "module", main: "index.ts", dependencies };
  writeFileSync(join(program, "package.json"), JSON.stringify(manifest));
  for (const file of programFiles) copyFileSync(join(workspaceRoot, file), join(program, file));
  npm(["install", "--no-audit", "--no-fund", "--loglevel=error"], program);

  const emulator = await startEmulatorProcess({ args: ["--world", unlockedWorld()] });
  try {
    const state = join(folder, `state-${peer}`);
    const { NODE_OPTIONS: _sources, ...env } = emulatorEnvironment({
      ambient: process.env,
      azure: emulator.connection,
      folder: state,
    });
    for (const args of commands) run("pulumi", [...args, "--non-interactive"], { cwd: program, env });
  } finally {
    await emulator.stop();
  }
  const installed = readFileSync(join(program, "node_modules", "@pulumi", "pulumi", "package.json"), "utf8");
  return JSON.parse(installed).version;
}

/** The sample world without its lock, so that everything can be destroyed again. */
function unlockedWorld(): string {
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(sampleWorld, "utf8")), locks: [] }));
  return file;
}

function npm(args: readonly string[], cwd: string): void {
  const command = process.platform === "win32" ? "npm.cmd" : "npm";
  run(command, args, { cwd, env: localEnvironment(process.env) });
}

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): void {
  console.log(`\n=== ${command} ${args.join(" ")}\n`);
  const { status } = spawnSync(command, args, { ...options, stdio: "inherit", shell: command.endsWith(".cmd") });
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with exit code ${status} in ${options.cwd}`);
}

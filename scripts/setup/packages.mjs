import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { runNpm } from "./processes.mjs";
import { say } from "./report.mjs";
import { SetupError } from "./setupError.mjs";
import { unlessMissing } from "./unlessMissing.mjs";

/** Names the lock file and extent of the last install here; `npm ci` removes it with everything else. */
const receipt = join("node_modules", ".azurestack-csp-set-up");

/**
 * Installs what the lock file names and `node_modules` lacks; with `dev` false no more than the main job runs.
 *
 * npm's own record of what it installed is compared with the lock file, so that packages installed by hand count too.
 * An install that holds development packages is renewed whole, never cut down.
 * @throws SetupError `PACKAGES_NOT_INSTALLED`
 */
export async function ensurePackages({ root, dev, env = process.env }) {
  if (await isInstalled({ root, dev })) return;
  await withLock(
    join(root, ".tools", "packages.lock"),
    { onWait: () => say("waiting for another run that installs packages") },
    () => installPackages({ root, dev, env }),
  );
}

/** The lock file's paths that are not installed at the locked version. */
export function findMissing({ locked, installed, dev }) {
  return Object.keys(locked).filter((path) => {
    const wanted = locked[path];
    if (!path.includes("node_modules/") || wanted.optional || wanted.devOptional) return false;
    if (wanted.dev && !dev) return false;
    const found = installed[path];
    return found === undefined || found.version !== wanted.version || found.resolved !== wanted.resolved;
  });
}

/** Whether packages are installed that only development needs. */
export function hasDevelopmentPackages({ locked, installed }) {
  return Object.keys(installed).some((path) => locked[path]?.dev === true);
}

async function installPackages({ root, dev, env }) {
  if (await isInstalled({ root, dev })) return;
  const state = await readState(root);
  const missing = findMissing({ ...state, dev });
  const whole = dev || hasDevelopmentPackages(state);
  say(
    `installing the packages of package-lock.json${whole ? "" : " that the main job runs"}, because ${reason(state, missing)}`,
  );
  const omit = whole ? [] : ["--omit=dev"];
  const code = await runNpm(["ci", ...omit, "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, env });
  if (code !== 0) {
    throw new SetupError(
      "PACKAGES_NOT_INSTALLED",
      `npm ci ended with exit code ${code}, so that ${missing.length} packages are missing. Its own message stands above; mend that and run the command again.`,
    );
  }
  await writeFile(join(root, receipt), await describeInstall(root, whole));
}

// The receipt is asked first: should npm ever leave out a package that it had no use for, one install is enough.
async function isInstalled({ root, dev }) {
  const found = await unlessMissing(readFile(join(root, receipt), "utf8"));
  if (found === (await describeInstall(root, true))) return true;
  if (!dev && found === (await describeInstall(root, false))) return true;
  return findMissing({ ...(await readState(root)), dev }).length === 0;
}

async function describeInstall(root, dev) {
  const text = await readFile(join(root, "package-lock.json"));
  return `${createHash("sha256").update(text).digest("hex")} ${dev ? "everything" : "main job"}\n`;
}

function reason({ installed }, missing) {
  if (Object.keys(installed).length === 0) return "none are installed";
  return `${missing.length} of them are missing or of another version, ${missing[0]} first`;
}

async function readState(root) {
  const locked = await readPackages(join(root, "package-lock.json"));
  const installed = await readPackages(join(root, "node_modules", ".package-lock.json"));
  return { locked: locked ?? {}, installed: installed ?? {} };
}

async function readPackages(file) {
  const text = await unlessMissing(readFile(file, "utf8"));
  return text === undefined ? undefined : JSON.parse(text).packages;
}

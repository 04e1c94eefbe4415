import { join } from "node:path";
import { executableName, isExecutable, runNpm } from "./processes.mjs";
import { say } from "./report.mjs";

const installScript = "https://get.pulumi.com/install.sh";
const probeInMs = 4_000;
const downloadInMs = 600_000;

/**
 * Downloads the official CLI of that version below `work` with the npm package `pulumi` and returns its folder.
 *
 * Undefined when Pulumi's download host does not answer within 4 s or the download fails: the caller then builds.
 */
export async function downloadPulumi({ version, work, abortSignal, fetch = globalThis.fetch, report = say }) {
  const refusal = await probe(fetch);
  if (refusal !== undefined) {
    report(`no official Pulumi CLI ${version}, because get.pulumi.com cannot be reached (${refusal})`);
    return undefined;
  }
  report(`downloading the official Pulumi CLI ${version}, because no fitting one was found`);
  const { PULUMI_VERSION: _, ...env } = process.env;
  const code = await runNpm(["exec", "--yes", `--package=pulumi@${version}`, "--", "pulumi", "version"], {
    cwd: work,
    env: { ...env, PULUMI_HOME: work, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutInMs: downloadInMs,
    abortSignal,
  });
  const folder = join(work, "versions", version);
  if (code === 0 && isExecutable(join(folder, "bin", executableName("pulumi")))) return folder;
  report(`the download of the Pulumi CLI failed (exit code ${code})`);
  return undefined;
}

async function probe(fetch) {
  try {
    const response = await fetch(installScript, { method: "HEAD", signal: AbortSignal.timeout(probeInMs) });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error.cause?.code ?? error.name;
  }
}

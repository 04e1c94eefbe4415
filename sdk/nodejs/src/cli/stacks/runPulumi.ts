import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ProviderError } from "@azurestack-csp/provider";
import { messageOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import type { Project } from "./project.ts";

const execute = promisify(execFile);

/** A state of tens of thousands of resources. */
const LARGEST_OUTPUT = 1024 ** 3;

/**
 * Runs a Pulumi command for which the Automation API has no method, or none that leaves secrets encrypted.
 *
 * @param request.action fits behind "Pulumi could not"
 * @returns its standard output
 * @throws ProviderError `CSP_COMMAND_PULUMI_FAILED`
 */
export async function runPulumi(
  { workspace }: Pick<Project, "workspace">,
  { action, args }: { readonly action: string; readonly args: readonly string[] },
): Promise<string> {
  const { workDir: cwd, envVars: env, pulumiCommand } = workspace;
  try {
    const options = { cwd, env, maxBuffer: LARGEST_OUTPUT };
    const { stdout } = await execute(pulumiCommand.command, [...args, "--non-interactive"], options);
    return stdout;
  } catch (cause) {
    const reason = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : messageOf(cause);
    throw new ProviderError(commandErrors.CSP_COMMAND_PULUMI_FAILED, { action, reason }, { cause });
  }
}

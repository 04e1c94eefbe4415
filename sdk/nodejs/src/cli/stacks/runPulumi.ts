import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ProviderError } from "@azurestack-csp/provider";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { messageOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";

const execute = promisify(execFile);

/** A state of tens of thousands of resources. */
const LARGEST_OUTPUT = 1024 ** 3;

/** A command of Pulumi's. */
export interface PulumiCommandRequest {
  /** Fits behind "Pulumi could not". */
  readonly action: string;
  readonly args: readonly string[];
}

/**
 * Runs a Pulumi command for which the Automation API has no method, or none that leaves secrets encrypted.
 *
 * @returns its standard output
 * @throws ProviderError `CSP_COMMAND_PULUMI_FAILED`
 */
export async function runPulumi(
  { workDir: cwd, envVars: env, pulumiCommand }: LocalWorkspace,
  { action, args }: PulumiCommandRequest,
): Promise<string> {
  try {
    const options = { cwd, env, maxBuffer: LARGEST_OUTPUT };
    const { stdout } = await execute(pulumiCommand.command, [...args, "--non-interactive"], options);
    return stdout;
  } catch (cause) {
    const reason = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : messageOf(cause);
    throw new ProviderError(commandErrors.CSP_COMMAND_PULUMI_FAILED, { action, reason }, { cause });
  }
}

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { systemCodeOf } from "../../processes/wholeFile.ts";
import { messageOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/**
 * Writes a file or a folder.
 *
 * @throws ProviderError `CSP_COMMAND_FILE_UNWRITABLE` where the system refuses it
 */
export async function writing<Result>(file: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (systemCodeOf(cause) === undefined) throw cause;
    const details = { file, reason: messageOf(cause) };
    throw new ProviderError(commandErrors.CSP_COMMAND_FILE_UNWRITABLE, details, { cause });
  }
}

/**
 * Makes a folder for what is needed no longer than the command.
 *
 * @param purpose - ends its name
 * @throws ProviderError `CSP_COMMAND_FILE_UNWRITABLE`
 */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  const prefix = join(tmpdir(), `azurestack-csp-${purpose}-`);
  return await writing(prefix, async () => await mkdtemp(prefix));
}

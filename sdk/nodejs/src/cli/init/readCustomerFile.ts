import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ExportedCustomer, readCustomerExport, type TenantListFile } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure, messageOf } from "../console/failures.ts";
import { sayIssues } from "../input/loadTenantList.ts";

/**
 * Reads Partner Center's export of the customers, and says on standard error what is wrong with it, all at once.
 *
 * UTF-8 and UTF-16 are told by their byte-order marks; what is neither, nor valid UTF-8, is taken for Windows-1252, in which
 * older programs save.
 *
 * @throws CommandFailure with the exit code for input where it cannot be used
 */
export function readCustomerFile(
  context: Pick<CommandContext, "folder" | "terminal">,
  file: string,
): readonly ExportedCustomer[] {
  const { customers, issues } = readCustomerExport(readFile(context, file));
  sayIssues(context, issues);
  if (customers) return customers;
  throw new CommandFailure(exitCodes.input, "The customers' export is not usable, and nothing was written.", {
    issues,
  });
}

function readFile({ folder, terminal }: Pick<CommandContext, "folder" | "terminal">, file: string): TenantListFile {
  try {
    const { text, isGuessed } = decodeText(readFileSync(resolve(folder, file)));
    if (isGuessed) terminal.say(`warning: ${file} is not UTF-8 and was read as Windows-1252; look at the names.`);
    return { file, text };
  } catch (error) {
    return { file, unreadable: messageOf(error) };
  }
}

/** The text of a file in one of the encodings that spreadsheets and PowerShell save CSV in. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly isGuessed: boolean } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes), isGuessed: false };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes), isGuessed: false };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), isGuessed: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), isGuessed: true };
  }
}

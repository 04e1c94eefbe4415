import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { createWhole } from "../../processes/wholeFile.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { writing } from "../stacks/writing.ts";
import type { PrintedFile } from "./printList.ts";

/** Where files are written, and which option names them. */
export interface FilePlace {
  readonly folder: string;
  readonly option: string;
}

/**
 * Writes files that are not there yet, all of them or none.
 *
 * @throws ProviderError `CSP_COMMAND_FILE_EXISTS`, `CSP_COMMAND_FILE_UNWRITABLE`
 */
export async function createFiles(files: readonly PrintedFile[], { folder, option }: FilePlace): Promise<void> {
  const created: string[] = [];
  try {
    for (const { file, text } of files) {
      const path = resolve(folder, file);
      await createFile(path, { text, option });
      created.push(path);
    }
  } catch (error) {
    await Promise.all(created.map((path) => rm(path, { force: true })));
    throw error;
  }
}

/** Writes one whole or not at all: the beginning of a file would stand in the way of the next try. */
async function createFile(
  path: string,
  { text, option }: { readonly text: string; readonly option: string },
): Promise<void> {
  const isNew = await writing(path, async () => await createWhole(path, text, { mode: 0o666 }));
  if (!isNew) throw new ProviderError(commandErrors.CSP_COMMAND_FILE_EXISTS, { file: path, option });
}

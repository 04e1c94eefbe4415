import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { messageOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";
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

async function createFile(
  path: string,
  { text, option }: { readonly text: string; readonly option: string },
): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") {
      throw new ProviderError(commandErrors.CSP_COMMAND_FILE_EXISTS, { file: path, option }, { cause });
    }
    // A full disk leaves the beginning of a file, which would stand in the way of the next try.
    await rm(path, { force: true });
    throw new ProviderError(
      commandErrors.CSP_COMMAND_FILE_UNWRITABLE,
      { file: path, reason: messageOf(cause) },
      { cause },
    );
  }
}

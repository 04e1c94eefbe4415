import { type FileHandle, open } from "node:fs/promises";

/** Appends lines to a file, in the order in which they were given. */
export interface Lines {
  /**
   * Appends a line; with `isKept`, resolves once it is on the disk. Lines that come while others are written go together.
   *
   * @throws the system's error, as `ENOSPC`
   */
  append(line: string, options: { readonly isKept: boolean }): Promise<void>;
}

/** Opens a file that is there for its first line; what stands there may end in a torn one. */
export function createLines(file: string): Lines {
  let handle: Promise<FileHandle> | undefined;
  let waiting: string[] = [];
  let mustKeep = false;
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const [text, isKept] = [`\n${waiting.join("")}`, mustKeep];
    [waiting, mustKeep, next] = [[], false, undefined];
    handle ??= open(file, "a");
    const opened = await handle;
    await opened.appendFile(text);
    if (isKept) await opened.datasync();
  }

  return {
    append(line, { isKept }) {
      waiting.push(line);
      mustKeep ||= isKept;
      next ??= last.then(write);
      last = next.catch(() => undefined);
      return next;
    },
  };
}

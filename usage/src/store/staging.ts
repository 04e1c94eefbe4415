import { createReadStream } from "node:fs";
import { crc32 } from "node:zlib";
import { type Layout, stagedFile } from "./layout.ts";
import type { StoreFiles } from "./storeFiles.ts";
import type { StoredWindow } from "./windows.ts";

/** What is staged of a window, after something was put to it. */
export type Staged = Pick<StoredWindow, "length" | "crc">;

/** Puts the lines of a page behind what is staged; whatever a killed sync left behind that is cut off. */
export function stagePage(
  { layout, files }: { readonly layout: Layout; readonly files: StoreFiles },
  window: Pick<StoredWindow, "id" | "length" | "crc">,
  lines: string,
): Staged {
  const bytes = Buffer.from(lines);
  files.writeAt(stagedFile(layout, window.id), bytes, window.length);
  return { length: window.length + bytes.length, crc: crc32(bytes, window.crc) };
}

/** Whether the staged lines are there as they were noted; a power failure may have taken some of them. */
export async function isStagedWhole(layout: Layout, { id, length, crc }: StoredWindow): Promise<boolean> {
  if (length === 0) return true;
  let found = 0;
  let size = 0;
  try {
    for await (const chunk of createReadStream(stagedFile(layout, id), { end: length - 1 }) as AsyncIterable<Buffer>) {
      found = crc32(chunk, found);
      size += chunk.length;
    }
  } catch {
    return false;
  }
  return size === length && found === crc;
}

import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** What the store does to files; every method throws the system's error. */
export interface StoreFiles {
  /** Writes at a place of a file, which is made where it is not there, and cuts off what lies behind. */
  writeAt(file: string, bytes: Uint8Array, position: number): void;
  /** Brings a file to the disk, so that a power failure does not take it away. */
  sync(file: string): void;
  /** Gives a file on the disk its name in a folder, which is made where it is not there. */
  publish(draft: string, file: string): void;
  remove(file: string): void;
  /** The size in bytes; `undefined` where it is not there. */
  size(file: string): number | undefined;
  /** The files below a folder, by their whole paths. */
  list(folder: string): readonly string[];
}

/** The files of this machine. */
export const systemFiles: StoreFiles = {
  writeAt(file, bytes, position) {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(file, position === 0 ? "w" : "r+");
    try {
      if (position > 0) ftruncateSync(handle, position);
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(handle, bytes, written, bytes.length - written, position + written);
      }
    } finally {
      closeSync(handle);
    }
  },
  sync,
  publish(draft, file) {
    const folder = dirname(file);
    const made = mkdirSync(folder, { recursive: true });
    renameSync(draft, file);
    syncFolder(folder);
    // A new folder survives only when the one that it stands in is on the disk too.
    for (let at = folder; made !== undefined && at.length >= made.length; at = dirname(at)) syncFolder(dirname(at));
  },
  remove: (file) => rmSync(file, { force: true }),
  size: (file) => statSync(file, { throwIfNoEntry: false })?.size,
  list: (folder) =>
    statSync(folder, { throwIfNoEntry: false })
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => `${entry.parentPath}/${entry.name}`)
      : [],
};

function sync(file: string): void {
  const handle = openSync(file, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Windows knows no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

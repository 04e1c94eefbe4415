import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { TenantListFile } from "@azurestack-csp/provider";

/** Far more than any list or rate card; what is larger is another file, and might not fit into memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads a file that people write, or says why it cannot be read; its name stays as it was given. */
export function readTextFile(file: string, folder: string): TenantListFile {
  try {
    const stat = statSync(resolve(folder, file));
    if (stat.isDirectory()) return { file, unreadable: "it is a folder" };
    // A pipe would keep the process waiting, and a device has no end.
    if (!stat.isFile()) return { file, unreadable: "it is a pipe or a device, and no file" };
    if (stat.size > MOST_BYTES)
      return { file, unreadable: `it has ${stat.size} bytes, and at most ${MOST_BYTES} are read` };
    return { file, text: readFileSync(resolve(folder, file), "utf8") };
  } catch (error) {
    return { file, unreadable: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "reading it is not permitted";
  return error instanceof Error ? error.message : String(error);
}

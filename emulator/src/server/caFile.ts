import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file of certificates that lasts as long as the emulator. */
export interface CaFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Writes the authority's certificate to a file of its own.
 *
 * `NODE_EXTRA_CA_CERTS` holds one file, and the machine may need it already: what it named before is appended.
 */
export async function writeCaFile(caPem: string, existing = process.env.NODE_EXTRA_CA_CERTS): Promise<CaFile> {
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-emulator-"));
  const path = join(folder, "ca.pem");
  await writeFile(path, caPem + (existing ? await readIfThere(existing) : ""));
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Node itself overlooks a file that it cannot read here. */
async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}

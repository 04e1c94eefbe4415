import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/** A file of certificates that lasts as long as the emulator. */
export interface CaFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Writes the authority's certificate to a file of its own, and removes those that killed emulators of this machine left.
 *
 * `NODE_EXTRA_CA_CERTS` holds one file, and the machine may need it already: what it named before is appended.
 */
export async function writeCaFile(caPem: string, existing = process.env.NODE_EXTRA_CA_CERTS): Promise<CaFile> {
  await removeLeft();
  const folder = await mkdtemp(join(tmpdir(), `${prefix()}${process.pid}-`));
  const path = join(folder, "ca.pem");
  await writeFile(path, caPem + (existing ? await readIfThere(existing) : ""));
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Containers may share the folder, and not their process ids; each has a name of its own. */
function prefix(): string {
  return `azurestack-csp-emulator-${hostname().replaceAll(/[^\w.-]/g, "_")}-`;
}

async function removeLeft(): Promise<void> {
  const folder = tmpdir();
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => {
    const [, pid] = name.startsWith(prefix()) ? (/^(\d+)-\w{6}$/.exec(name.slice(prefix().length)) ?? []) : [];
    return pid !== undefined && !isRunning(Number(pid));
  });
  // Another user's can stay.
  await Promise.all(
    left.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)),
  );
}

/** A process of another user counts as running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Node itself overlooks a file that it cannot read here. */
async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}

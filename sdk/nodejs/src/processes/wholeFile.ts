import { randomUUID } from "node:crypto";
import { link, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Who may read a file that is written: its owner alone by default. */
interface WriteOptions {
  readonly mode?: number;
}

/**
 * Writes a file whole or not at all, and to the disk: until the new one is there, the old one stays.
 *
 * @throws the system's error, as `ENOSPC` or `EROFS`
 */
export async function writeWhole(file: string, text: string, options: WriteOptions = {}): Promise<void> {
  await withDraft({ file, text, ...options }, (draft) => rename(draft, file));
}

/**
 * Makes a file, whole or not at all, that is not there yet; of several that try, one succeeds.
 *
 * @returns whether it was made; `false` where there is one already.
 * @throws the system's error, as `ENOSPC` or `EROFS`
 */
export async function createWhole(file: string, text: string, options: WriteOptions = {}): Promise<boolean> {
  return await withDraft({ file, text, ...options }, async (draft) => {
    try {
      await link(draft, file);
      return true;
    } catch (error) {
      if (systemCodeOf(error) === "EEXIST") return false;
      if (!WITHOUT_LINKS.has(systemCodeOf(error) ?? "")) throw error;
      return await createInPlace({ file, text, ...options });
    }
  });
}

/** The code of a system's error, as `ENOSPC`; absent for any other error. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && "syscall" in error ? String(error.code) : undefined;
}

/** What file systems say that know no second name for a file: FAT, and some that are reached over a network. */
const WITHOUT_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

interface Content extends WriteOptions {
  readonly file: string;
  readonly text: string;
}

/** There a process that is killed in the middle leaves the beginning of a file; a disk that is full leaves nothing. */
async function createInPlace(content: Content): Promise<boolean> {
  try {
    await write(content);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    await rm(content.file, { force: true });
    throw error;
  }
}

/** Two containers may give their processes the same number, so that it makes no name for a draft. */
async function withDraft<Result>(content: Content, use: (draft: string) => Promise<Result>): Promise<Result> {
  const folder = dirname(content.file);
  await mkdir(folder, { recursive: true });
  const draft = `${content.file}.${randomUUID()}.new`;
  try {
    await write({ ...content, file: draft });
    const result = await use(draft);
    await syncFolder(folder);
    return result;
  } finally {
    await rm(draft, { force: true });
  }
}

async function write({ file, text, mode = 0o600 }: Content): Promise<void> {
  const handle = await open(file, "wx", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A new file survives a crash of the machine only when its folder is on the disk too; Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { aFew, ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { isStagedFile, type Layout } from "./layout.ts";
import { storeFailure } from "./storeFailure.ts";
import { systemFiles } from "./storeFiles.ts";
import { requireOwnList } from "./storeList.ts";

/**
 * Makes the folders of a store, or leaves them as they are; before it writes anything, it makes sure that the folder is a
 * store's, or is empty.
 *
 * @throws ProviderError `CSP_STORE_FOREIGN`, `CSP_STORE_NEWER`, `CSP_STORE_OLDER`, `CSP_STORE_UNREADABLE`,
 *   `CSP_STORE_UNWRITABLE`
 */
export function makeStoreFolder(layout: Layout): void {
  const { folder, staging, data } = layout;
  if ((systemFiles.size(layout.list) ?? 0) > 0) requireOwnList(layout);
  else requireNoStrangers(layout);
  try {
    for (const each of [staging, data]) mkdirSync(each, { recursive: true });
    ignore(join(folder, ".gitignore"));
  } catch (error) {
    throw storeFailure(error, { store: folder, file: folder });
  }
}

/** The store keeps itself out of git, for customers' usage belongs into no repository; what somebody wrote there stays. */
function ignore(file: string): void {
  try {
    writeFileSync(file, "*\n", { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

/** What may lie in the folder of a store beside its data, without its list. */
const OWN: ReadonlySet<string> = new Set([
  ".gitignore",
  "store.db",
  "store.db-wal",
  "store.db-shm",
  "sync.lock",
  "sync.lock-journal",
]);

/** A folder without a list may hold what a sync leaves that was killed before it had one, and nothing else. */
function requireNoStrangers({ folder, list, staging, data, evidence }: Layout): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const folders = new Set([staging, data, evidence].map((each) => basename(each)));
  const found = readdirSync(folder, { withFileTypes: true });
  const others = found.filter(({ name }) => !OWN.has(name) && !folders.has(name)).map(({ name }) => name);
  const held = [staging, data, evidence].flatMap((each) => systemFiles.list(each));
  const strangers = held.filter((file) => !isStagedFile(file) && !/\.(?:parquet|json\.zst)$/.test(file));
  others.push(...strangers.map((file) => relative(folder, file)));
  if (others.length > 0) {
    throw new ProviderError(usageErrors.CSP_STORE_FOREIGN, { store: folder, files: aFew(others) });
  }
  if (held.length === 0) return;
  const reason = `it is gone, and files of usage lie beside it, ${held.length} in all`;
  throw new ProviderError(usageErrors.CSP_STORE_UNREADABLE, { file: list, reason });
}

import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { evidenceFile } from "../store/layout.ts";
import { storeFailure } from "../store/storeFailure.ts";
import type { StoredHub, StoredWindow } from "../store/windows.ts";
import type { Workshop } from "../store/workshop.ts";

/** A page as the Hub sent it. */
export interface EvidentPage {
  readonly hub: StoredHub;
  readonly window: StoredWindow;
  /** Its place in the window, counted from 1. */
  readonly number: number;
  readonly body: string;
}

/**
 * Keeps the body of a page in a file of its own, and its hash in the list; what was kept before stays as it is.
 *
 * @throws ProviderError `CSP_STORE_FULL`, `CSP_STORE_UNWRITABLE`
 */
export function keepEvidence(
  { layout, files, list, now }: Omit<Workshop, "engine">,
  { hub, window, number, body }: EvidentPage,
): void {
  const bytes = zstdCompressSync(body);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const subscriber = window.subscribers?.[window.position];
  const page = { hub: hub.cloudId, start: window.start, page: number, subscriber };
  let attempt = 1;
  let file = evidenceFile(layout, { ...page, attempt });
  try {
    while (files.size(file) !== undefined) {
      attempt += 1;
      file = evidenceFile(layout, { ...page, attempt });
    }
    files.writeAt(file, bytes, 0);
  } catch (error) {
    throw storeFailure(error, { store: layout.folder, file });
  }
  const path = relative(layout.folder, file).replaceAll(sep, "/");
  list.run("INSERT INTO evidence (path, window, sha256, noted_at) VALUES (?, ?, ?, ?)", path, window.id, sha256, now());
}

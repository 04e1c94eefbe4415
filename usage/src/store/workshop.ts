import type { Engine } from "./engine.ts";
import type { Layout } from "./layout.ts";
import type { StoreFiles } from "./storeFiles.ts";
import type { StoreList } from "./storeList.ts";

/** A store that is open for a sync, which has its lock. */
export interface Workshop {
  readonly layout: Layout;
  readonly list: StoreList;
  readonly files: StoreFiles;
  readonly engine: Engine;
  /** The instant, `2026-10-01T18:00:00Z`. */
  readonly now: () => string;
}

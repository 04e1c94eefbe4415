import { type Granularity, ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import type { StoreList } from "./storeList.ts";
import type { StoredHub } from "./windows.ts";

interface HubRow {
  id: number;
  cloud_id: string;
  granularity: Granularity;
  first_window: string;
  by_subscriber: number;
}

function fromRow({ id, cloud_id, granularity, first_window, by_subscriber }: HubRow): StoredHub {
  return { id, cloudId: cloud_id, granularity, firstWindow: first_window, bySubscriber: by_subscriber === 1 };
}

/** What a sync says of a Hub. */
export interface HubClaim {
  /** The registration's key in the list. */
  readonly key: string;
  readonly cloudId: string;
  /** `undefined` for what its first sync has fixed, and hourly before that. */
  readonly granularity: Granularity | undefined;
  /** From when on usage is wanted; `undefined` for what earlier syncs were asked for, and `defaultFrom` before the first. */
  readonly from: string | undefined;
  readonly defaultFrom: string;
  /** How long after a window's end it is asked for, and how long a usage day stays open after its end, in hours. */
  readonly delayHours: number;
  readonly lagHours: number;
  readonly now: string;
}

/**
 * The Hub in the store: made at its first sync, which fixes its granularity, and else the one with the same cloud id,
 * whatever key the list has for it today.
 *
 * @throws ProviderError `CSP_SYNC_HUB_CHANGED`, `CSP_SYNC_GRANULARITY`
 */
export function enterHub(list: StoreList, claim: HubClaim): StoredHub {
  const { key, cloudId, granularity, from, defaultFrom, delayHours, lagHours, now } = claim;
  return list.transaction("published", () => {
    const byKey = list.get<HubRow>("SELECT hub.* FROM hub JOIN hub_key ON hub_key.hub = hub.id WHERE key = ?", key);
    if (byKey && byKey.cloud_id !== cloudId) {
      const details = { key, before: byKey.cloud_id, now: cloudId };
      throw new ProviderError(usageErrors.CSP_SYNC_HUB_CHANGED, details);
    }
    const known = list.get<HubRow>("SELECT * FROM hub WHERE cloud_id = ?", cloudId);
    if (known && granularity !== undefined && granularity !== known.granularity) {
      const details = { key, fixed: known.granularity, given: granularity };
      throw new ProviderError(usageErrors.CSP_SYNC_GRANULARITY, details);
    }
    if (!known) {
      list.run(
        `INSERT INTO hub (cloud_id, granularity, first_window, delay_hours, lag_hours, first_synced, last_synced)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        cloudId,
        granularity ?? "hourly",
        from ?? defaultFrom,
        delayHours,
        lagHours,
        now,
        now,
      );
    }
    list.run(
      `UPDATE hub SET first_window = min(first_window, coalesce(?, first_window)), delay_hours = ?, lag_hours = ?, last_synced = ?
         WHERE cloud_id = ?`,
      from ?? null,
      delayHours,
      lagHours,
      now,
      cloudId,
    );
    const row = list.get<HubRow>("SELECT * FROM hub WHERE cloud_id = ?", cloudId);
    if (!row) throw new Error(`Hub ${cloudId} is not in the list.`);
    list.run(
      `INSERT INTO hub_key (key, hub, first_seen, last_seen) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET last_seen = excluded.last_seen`,
      key,
      row.id,
      now,
      now,
    );
    return fromRow(row);
  });
}

/** Remembers whether a Hub could not answer for all subscribers at once when it was last asked to. */
export function rememberSplit(list: StoreList, hub: number, isSplit: boolean): void {
  list.transaction("published", () => list.run("UPDATE hub SET by_subscriber = ? WHERE id = ?", isSplit ? 1 : 0, hub));
}

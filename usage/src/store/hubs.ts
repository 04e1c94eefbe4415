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
  endpoint: "admin" | "user";
  asked_by: string | null;
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
  /** As whom it is asked. */
  readonly asker: { readonly kind: "admin" | "user"; readonly subscription: string | undefined };
  /** What is to be asked for once more, where that is all. */
  readonly again: { readonly from: string; readonly to: string } | undefined;
  readonly now: string;
}

/**
 * The Hub in the store: the one with the same cloud id, whatever key the list has for it today, or a new one.
 *
 * Its first noted page fixes its granularity and as whom it is asked; until then a sync may say otherwise.
 *
 * @throws ProviderError `CSP_SYNC_HUB_CHANGED`, `CSP_SYNC_GRANULARITY`, `CSP_SYNC_ASKER_CHANGED`, `CSP_SYNC_AGAIN_UNKNOWN`
 */
export function enterHub(list: StoreList, claim: HubClaim): StoredHub {
  return list.transaction("published", () => {
    const { key, cloudId, again, from, delayHours, lagHours, now } = claim;
    forgetUntouched(list, claim);
    const byKey = list.get<HubRow>("SELECT hub.* FROM hub JOIN hub_key ON hub_key.hub = hub.id WHERE key = ?", key);
    if (byKey && byKey.cloud_id !== cloudId) {
      const details = { key, before: byKey.cloud_id, now: cloudId };
      throw new ProviderError(usageErrors.CSP_SYNC_HUB_CHANGED, details);
    }
    const known = list.get<HubRow>("SELECT * FROM hub WHERE cloud_id = ?", cloudId);
    if (known) requireSame(known, claim);
    else if (again) throw new ProviderError(usageErrors.CSP_SYNC_AGAIN_UNKNOWN, { key, ...again });
    else insertHub(list, claim);
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

/** Forgets Hubs of the key or the id of which no page was ever noted: whatever named them so may have been wrong. */
function forgetUntouched(list: StoreList, { key, cloudId }: HubClaim): void {
  const untouched = list.all<{ id: number }>(
    `SELECT id FROM hub WHERE (cloud_id = ? OR id IN (SELECT hub FROM hub_key WHERE key = ?))
       AND NOT EXISTS (SELECT 1 FROM window WHERE hub = hub.id AND (pages > 0 OR position > 0 OR state <> 'asking'))`,
    cloudId,
    key,
  );
  for (const { id } of untouched) {
    for (const table of ["window", "note", "subscriber", "day", "hub_key"]) {
      list.run(`DELETE FROM ${table} WHERE hub = ?`, id);
    }
    list.run("DELETE FROM hub WHERE id = ?", id);
  }
}

function requireSame(known: HubRow, { key, granularity, asker }: HubClaim): void {
  if (granularity !== undefined && granularity !== known.granularity) {
    const details = { key, fixed: known.granularity, given: granularity };
    throw new ProviderError(usageErrors.CSP_SYNC_GRANULARITY, details);
  }
  const before = { kind: known.endpoint, subscription: known.asked_by ?? undefined };
  const [fixed, given] = [askerText(before), askerText(asker)];
  if (fixed !== given) throw new ProviderError(usageErrors.CSP_SYNC_ASKER_CHANGED, { key, fixed, given });
}

/** A user's subscriptions come and go; an operator's one stays. */
function askerText({ kind, subscription }: HubClaim["asker"]): string {
  if (kind === "user") return "a user's endpoint";
  return subscription === undefined
    ? "the operator's endpoint"
    : `the operator's endpoint by subscription ${subscription}`;
}

function insertHub(list: StoreList, claim: HubClaim): void {
  const { cloudId, granularity = "hourly", from, defaultFrom, delayHours, lagHours, asker, now } = claim;
  list.run(
    `INSERT INTO hub (cloud_id, granularity, first_window, delay_hours, lag_hours, endpoint, asked_by, first_synced, last_synced)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    cloudId,
    granularity,
    from ?? defaultFrom,
    delayHours,
    lagHours,
    asker.kind,
    asker.kind === "admin" ? (asker.subscription ?? null) : null,
    now,
    now,
  );
}

/** Remembers whether a Hub could not answer for all subscribers at once when it was last asked to. */
export function rememberSplit(list: StoreList, hub: number, isSplit: boolean): void {
  list.transaction("published", () => list.run("UPDATE hub SET by_subscriber = ? WHERE id = ?", isSplit ? 1 : 0, hub));
}

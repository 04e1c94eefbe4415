import type { HubFact } from "../world/hub.ts";
import { WorldError } from "../world/worldError.ts";
import { createEstate } from "./estate/createEstate.ts";
import type { UsageLine } from "./parseUsageRow.ts";
import { createRecordedUsage } from "./recordedUsage.ts";
import { type UsageOptions, usageTimes } from "./usageOptions.ts";
import type { UsageSource } from "./usageSource.ts";

/** What the usage of a world is made from. */
export interface UsageWorldOptions {
  /** The Hubs as the world has them, before anything was changed. */
  readonly hubs: readonly HubFact[];
  /** How much is made up, or the rows that there are. */
  readonly usage: UsageOptions | readonly UsageLine[];
  /** When the emulator started. */
  readonly startedAt: Date;
  /** Whether a local subscription was switched off or deleted in an hour, since the emulator runs. */
  readonly isOff: (subscriptionId: string, hour: number) => boolean;
}

/** The usage of a Hub, and what was known of it at the start. */
export interface HubUsage {
  readonly source: UsageSource;
  /** The first hour that anything was reported in, and the hour at whose beginning reports ended; absent: there is none. */
  readonly reported?: { readonly first: number; readonly end: number };
  /** Subscriptions that have usage, whatever became of them, in small letters. */
  readonly subscriptionIds: ReadonlySet<string>;
}

/**
 * The usage of each Hub, by its name.
 *
 * @throws WorldError for rows of a Hub that the world does not have.
 */
export function createUsage(options: UsageWorldOptions): ReadonlyMap<string, HubUsage> {
  const { hubs, usage } = options;
  return isRows(usage) ? recordedUsage(hubs, usage) : generatedUsage(usage, options);
}

function isRows(usage: UsageOptions | readonly UsageLine[]): usage is readonly UsageLine[] {
  return Array.isArray(usage);
}

function generatedUsage(usage: UsageOptions, { hubs, startedAt, isOff }: UsageWorldOptions) {
  const { first, last, end } = usageTimes(usage, startedAt);
  return new Map(
    hubs.map((hub) => [
      hub.name,
      {
        source: createEstate({ hub, seed: usage.seed ?? 1, first, last, end, isOff }),
        reported: { first, end: last + 1 },
        subscriptionIds: new Set(
          [hub.providerSubscriptionId, ...(hub.subscriptions ?? []).map(({ subscriptionId }) => subscriptionId)].map(
            (id) => id.toLowerCase(),
          ),
        ),
      },
    ]),
  );
}

function recordedUsage(hubs: readonly HubFact[], lines: readonly UsageLine[]) {
  const known = new Map(hubs.map(({ name }) => [name.toLowerCase(), name]));
  const byHub = Map.groupBy(lines, ({ hub }) => known.get((hub ?? hubs[0]?.name ?? "").toLowerCase()));
  const stray = byHub.get(undefined)?.[0];
  if (stray) {
    const names = hubs.map(({ name }) => name).join(", ");
    throw new WorldError(
      `The usage file has rows of the Hub "${stray.hub ?? ""}". This world's Hubs: ${names || "none"}.`,
    );
  }
  return new Map(hubs.map(({ name }) => [name, ofRows(byHub.get(name) ?? [])]));
}

function ofRows(rows: readonly UsageLine[]): HubUsage {
  if (rows.length === 0) {
    return { source: { first: 0, end: 0, longestDelay: 0, subscriptions: [] }, subscriptionIds: new Set() };
  }
  const source = createRecordedUsage(rows);
  const ids = source.subscriptions.map(({ subscriptionId }) => subscriptionId.toLowerCase());
  return { source, reported: { first: source.first, end: source.end }, subscriptionIds: new Set(ids) };
}

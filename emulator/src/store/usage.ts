import { sameId } from "@azurestack-csp/provider/ids";
import type { Modes } from "../modes.ts";
import { createUsage, type HubUsage, type UsageWorldOptions } from "../usage/createUsage.ts";
import { dateOf, hourOf } from "../usage/hours.ts";
import { type UsageRow, usageRows } from "../usage/usageRows.ts";
import type { BillingHistory } from "./billingHistory.ts";
import { findHub, type Hub } from "./hubs.ts";

/** A row of usage as Azure billed it: what was used in an hour and reported in one. */
export interface BilledRow extends UsageRow {
  /** The directory of the local subscription; absent for the operator's. */
  readonly tenantId: string | undefined;
  readonly reportedTime: Date;
  /** When Azure looked up whom to bill. */
  readonly processedTime: Date;
  /** The Azure subscription: a customer's, else the registration's own; null where none was billed. */
  readonly billedSubscriptionId: string | null;
}

/** From when to when Azure processed usage: up to but without the end. */
interface ProcessedRange {
  readonly from: Date;
  readonly to: Date;
  /** A local subscription. @default all of them */
  readonly subscriptionId?: string | undefined;
}

/** What was used on the Hubs, and who was billed for it. */
export interface UsageStore {
  /** The usage of the Hub of this name. */
  of(hub: string): HubUsage | undefined;
  /**
   * What Azure billed of the usage of a Hub, row by row in the order of the reports.
   *
   * Usage is processed some hours after the beginning of the hour that it was reported in, and billed by what was
   * registered at that time; a Hub that sends none, is registered nowhere, or is billed by its
   * capacity, is billed for no usage.
   */
  billed(hub: string, range: ProcessedRange): Iterable<BilledRow>;
}

/** What usage is made from and billed by. */
export interface UsageStoreOptions extends UsageWorldOptions {
  readonly live: readonly Hub[];
  readonly history: BillingHistory;
  readonly modes: () => Modes;
  readonly now: () => Date;
}

/** The usage of a world. */
export function createUsageStore(options: UsageStoreOptions): UsageStore {
  const { live, history, modes, now } = options;
  const usage = createUsage(options);

  function* billed(name: string, { from, to, subscriptionId }: ProcessedRange): Generator<BilledRow> {
    const hub = findHub(live, name);
    const source = hub && usage.get(hub.name)?.source;
    if (!hub || !source) return;
    const wait = modes().usageBilledAfter;
    const end = Math.min(hourOf(new Date(Math.min(to.getTime() - 1, now().getTime()))) + 1, source.end + wait);
    const begin = Math.max(hourOf(new Date(from.getTime() + HOUR_IN_MS - 1)), source.first + wait);
    for (let processed = begin; processed < end; processed += 1) {
      const hour = processed - wait;
      const times = { reportedTime: dateOf(hour), processedTime: dateOf(processed) };
      const payers = new Map<string, Pick<BilledRow, "tenantId" | "billedSubscriptionId">>();
      const query = { reported: { from: hour, to: hour + 1 }, granularity: "hourly", subscriptionId } as const;
      for (const row of usageRows(source, query)) {
        const payer = payers.get(row.subscriptionId) ?? payerOf(hub, row.subscriptionId, times.processedTime);
        payers.set(row.subscriptionId, payer);
        yield { ...row, ...times, ...payer };
      }
    }
  }

  function payerOf({ cloudId, localSubscriptions, providerSubscriptionId }: Hub, subscriptionId: string, time: Date) {
    const isOperator = sameId(subscriptionId, providerSubscriptionId);
    const tenantId = isOperator ? undefined : localSubscriptions.find(subscriptionId)?.tenantId;
    return { tenantId, billedSubscriptionId: history.billedAt(cloudId, tenantId, time) ?? null };
  }

  return {
    of: (name) => usage.get(findHub(live, name)?.name ?? name),
    billed,
  };
}

const HOUR_IN_MS = 3_600_000;

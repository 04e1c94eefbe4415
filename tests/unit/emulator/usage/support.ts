import { createEstate } from "../../../../emulator/src/usage/estate/createEstate.ts";
import { hourOf } from "../../../../emulator/src/usage/hours.ts";
import { type UsageQuery, type UsageRow, usageRows } from "../../../../emulator/src/usage/usageRows.ts";
import type { UsageSource } from "../../../../emulator/src/usage/usageSource.ts";
import type { HubFact } from "../../../../emulator/src/world/hub.ts";

export const FIRST = hourOf(new Date("2026-09-01T00:00Z"));
export const END = hourOf(new Date("2026-11-01T00:00Z"));

/** Ids that tell what they are of. */
export const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const deletedId = idOf(3);

export const hub: HubFact = {
  name: "paris",
  region: "paris",
  cloudId: idOf(900),
  homeTenantId: idOf(901),
  providerSubscriptionId: idOf(902),
  subscriptions: [1, 2, 3, 4].map((number) => ({
    subscriptionId: idOf(number),
    tenantId: idOf(100 + number),
    displayName: `Tenant ${number}`,
    owner: `admin@tenant${number}.example`,
    state: number === 3 ? "Deleted" : "Enabled",
  })),
};

export function estate(seed = 7, of: HubFact = hub): UsageSource {
  return createEstate({ hub: of, seed, first: FIRST, last: END - 1, end: END });
}

export function rowsOf(source: UsageSource, query: UsageQuery): readonly UsageRow[] {
  return [...usageRows(source, query)];
}

/** Units of 10^-60, in which every quantity here is a whole number. */
const PLACES = 60;

/** An independent reading of a number: its digits, moved to whole units. */
export function unitsOf(quantity: string): bigint {
  const [mantissa = "", exponent = "0"] = quantity.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction + "0".repeat(PLACES - fraction.length + Number(exponent)));
}

/** Sums by subscription, meter, resource and hour or day of use. */
export function sumsOf(rows: readonly UsageRow[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { subscriptionId, of, start, quantity } of rows) {
    const key = [subscriptionId, of.meterId, of.instanceData, start].join("\n");
    sums.set(key, (sums.get(key) ?? 0n) + unitsOf(quantity));
  }
  return sums;
}

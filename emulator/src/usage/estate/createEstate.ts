import type { HubFact, LocalSubscription } from "../../world/hub.ts";
import { draw, seedOf } from "../chance.ts";
import { DAY, dateOf, hourOf } from "../hours.ts";
import type { SubscriptionUsage, UsageSource } from "../usageSource.ts";
import { virtualMachine } from "./compute.ts";
import { LONGEST_DELAY } from "./delays.ts";
import { appServiceWorkers, platformResources, webSite } from "./platform.ts";
import type { MeteredSeries, Place } from "./resource.ts";
import { storageAccount } from "./storage.ts";
import { createSubscriptionUsage } from "./subscriptionUsage.ts";

/** What the usage of a Hub is drawn from. */
export interface EstateOptions {
  readonly hub: HubFact;
  readonly seed: number;
  /** The first hour that anything is reported in. */
  readonly first: number;
  /** The hour up to which usage was reported when the emulator started; deleted subscriptions end before it. */
  readonly last: number;
  /** The hour from which on nothing is reported; infinite where usage goes on with the clock. */
  readonly end: number;
  /** Whether a local subscription used nothing in an hour for a reason of its own. @default it did not */
  readonly isOff?: (subscriptionId: string, hour: number) => boolean;
}

/**
 * Plausible usage of a Hub: what its tenants run, told by the hour from the seed, the Hub and the hour alone.
 *
 * Nothing is made before it is asked for, and then only which resources there are: some kilobytes a subscription.
 */
export function createEstate(options: EstateOptions): UsageSource {
  const { hub, seed, first, last, end, isOff = () => false } = options;
  const place = (subscriptionId: string, groups = GROUPS): Place => ({
    groups,
    subscriptionId,
    location: hub.region,
    seed: draw(seed, seedOf(`${hub.cloudId}/${subscriptionId}`.toLowerCase())),
  });
  const usageOf = (at: Place, series: readonly MeteredSeries[], endOfUse = Number.POSITIVE_INFINITY) =>
    createSubscriptionUsage({
      ...at,
      series: series.toSorted(byMeter),
      isOff: (hour) => hour >= endOfUse || isOff(at.subscriptionId, hour),
    });
  const tenant = (subscription: LocalSubscription) => {
    const groups = (subscription.resourceGroups ?? []).map(({ name }) => name);
    const at = place(subscription.subscriptionId, groups.length > 0 ? groups : GROUPS);
    return usageOf(at, tenantResources(at), endOfUse(subscription, at.seed, { first, last }));
  };
  let made: readonly SubscriptionUsage[] | undefined;
  return {
    first,
    end,
    longestDelay: LONGEST_DELAY,
    get subscriptions() {
      const operator = place(hub.providerSubscriptionId);
      made ??= [
        usageOf(operator, [...appServiceWorkers(operator), ...storageAccount(operator, 0)]),
        ...(hub.subscriptions ?? []).map(tenant),
      ].toSorted(({ subscriptionId: left }, { subscriptionId: right }) => order(left, right));
      return made;
    },
  };
}

/** Names of resource groups where the world has none. */
const GROUPS: readonly string[] = ["rg-app-1", "rg-app-2", "rg-app-3"];

function tenantResources(place: Place): readonly MeteredSeries[] {
  const machines = 2 + (draw(place.seed, 71) % 6);
  const accounts = 1 + (draw(place.seed, 72) % 2);
  const sites = draw(place.seed, 73) % 3;
  return [
    ...numbers(machines).flatMap((number) => virtualMachine(place, number)),
    ...numbers(accounts).flatMap((number) => storageAccount(place, number)),
    ...numbers(sites).flatMap((number) => webSite(place, number)),
    ...platformResources(place),
  ];
}

/**
 * When the usage of a subscription ended that is not enabled any more: early in the month that it was ten days ago, so
 * that it is within the time of the reports, and stays the same for all starts of a month.
 */
function endOfUse(
  { state = "Enabled" }: LocalSubscription,
  seed: number,
  { first, last }: { readonly first: number; readonly last: number },
): number {
  if (state === "Enabled") return Number.POSITIVE_INFINITY;
  const recent = dateOf(last - 10 * DAY);
  const month = hourOf(new Date(Date.UTC(recent.getUTCFullYear(), recent.getUTCMonth(), 1)));
  return Math.max(month + (draw(seed, 74) % 10) * DAY, first + 3 * DAY) + 15;
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function byMeter(left: MeteredSeries, right: MeteredSeries): number {
  return order(left.meterId, right.meterId) || order(left.instanceData, right.instanceData);
}

/** By code points, as the recorded rows are ordered. */
function order(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

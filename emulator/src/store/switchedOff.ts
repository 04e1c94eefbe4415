import { hourOf } from "../usage/hours.ts";
import type { HubFact } from "../world/hub.ts";
import type { Hub } from "./hubs.ts";

/** When local subscriptions were not enabled, since the emulator runs: nothing is used then. */
export interface SwitchedOff {
  /** Names those that were not enabled in the world already, whose usage ends by itself. */
  begin(hubs: readonly HubFact[]): void;
  /** Notes what changed. */
  observe(hubs: readonly Hub[]): void;
  isOff(subscriptionId: string, hour: number): boolean;
}

interface Pause {
  readonly from: number;
  to: number;
}

/** Watches local subscriptions. */
export function createSwitchedOff(now: () => Date): SwitchedOff {
  const pauses = new Map<string, Pause[]>();
  const ended = new Set<string>();
  const note = (subscriptionId: string, isEnabled: boolean) => {
    const id = subscriptionId.toLowerCase();
    if (ended.has(id)) return;
    const own = pauses.get(id) ?? [];
    const last = own.at(-1);
    const isPaused = last?.to === Number.POSITIVE_INFINITY;
    if (isPaused === !isEnabled) return;
    if (isPaused) last.to = hourOf(now());
    else pauses.set(id, [...own, { from: hourOf(now()), to: Number.POSITIVE_INFINITY }]);
  };
  return {
    begin(hubs) {
      for (const { subscriptions = [] } of hubs) {
        for (const { subscriptionId, state = "Enabled" } of subscriptions)
          if (state !== "Enabled") ended.add(subscriptionId.toLowerCase());
      }
    },
    observe(hubs) {
      for (const { localSubscriptions } of hubs) {
        for (const { subscriptionId, state = "Enabled" } of localSubscriptions.list())
          note(subscriptionId, state === "Enabled");
      }
    },
    isOff: (subscriptionId, hour) =>
      pauses.get(subscriptionId.toLowerCase())?.some(({ from, to }) => hour >= from && hour < to) ?? false,
  };
}

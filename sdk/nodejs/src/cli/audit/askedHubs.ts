import type { TenantList } from "@azurestack-csp/provider";
import { count } from "../console/text.ts";
import type { HubFacts } from "./lookAtHubs.ts";

/** Whether the Hub of a registration was asked, and what came of it. */
export interface AskedHub {
  /** The key of the registration in the list. */
  readonly registration: string;
  /** `notAsked` where the list has no `hub.adminEndpoint` for it, `unknown` where it could not be asked; a finding says why. */
  readonly state: "asked" | "notAsked" | "unknown";
  /** How many local subscriptions it has, deleted ones aside; absent where that is not known. */
  readonly localSubscriptions?: number;
}

/** Which Hubs of a list were asked, in its order. */
export function askedHubs(
  { registrations }: Pick<TenantList, "registrations">,
  hubs: readonly HubFacts[],
): readonly AskedHub[] {
  const facts = new Map(hubs.map((hub) => [hub.key, hub]));
  return registrations.map(({ key: registration }): AskedHub => {
    const hub = facts.get(registration);
    if (!hub) return { registration, state: "notAsked" };
    if ("problem" in hub || "problem" in hub.local) return { registration, state: "unknown" };
    return { registration, state: "asked", localSubscriptions: hub.local.subscriptions.length };
  });
}

/** The same for people: a line for the Hubs that were asked, and one for each reason why others were not. */
export function askedText(hubs: readonly AskedHub[]): readonly string[] {
  const named = (wanted: AskedHub["state"]) =>
    hubs
      .filter(({ state }) => state === wanted)
      .map(({ registration, localSubscriptions: local }) =>
        local === undefined ? registration : `${registration} (${count(local, "local subscription")})`,
      )
      .join(", ");
  const [asked, unknown, notAsked] = [named("asked"), named("unknown"), named("notAsked")];
  return [
    asked && `Hubs that were asked: ${asked}.`,
    unknown && `Hubs that did not tell everything, so that whom they serve is not known: ${unknown}.`,
    notAsked &&
      `Hubs that were not asked, for the list has no hub.adminEndpoint; whether everybody whom they serve is registered is not known: ${notAsked}.`,
  ].filter(Boolean);
}

import { isProviderError } from "../../domain/errors/providerError.ts";
import { parseObject } from "../../domain/json.ts";
import { withoutUnprintable } from "../../domain/printable.ts";
import type { ArmTransport } from "../arm/armTransport.ts";

/** An api-version of Microsoft.Resources/subscriptions that every cloud has. */
const API_VERSION = "2022-12-01";

/** Reads the display name of a subscription, without what a list could not hold; `undefined` where this principal may not read it, or it cannot be told. */
export type SubscriptionNames = (subscriptionId: string) => Promise<string | undefined>;

/** Makes the question for display names, which are a convenience: what is refused or not reached has no name. */
export function createSubscriptionNames({ transport }: { readonly transport: ArmTransport }): SubscriptionNames {
  return async (subscriptionId) => {
    try {
      const id = `/subscriptions/${subscriptionId}`;
      const answer = await transport.get({ subscriptionId, id, apiVersion: API_VERSION });
      const body = answer.status === 200 ? parseObject(answer.body) : undefined;
      const name = typeof body?.displayName === "string" ? withoutUnprintable(body.displayName) : "";
      return name === "" ? undefined : name;
    } catch (error) {
      if (isProviderError(error)) return undefined;
      throw error;
    }
  };
}

import { isGuid } from "../../domain/ids.ts";
import { isObject } from "../../domain/json.ts";
import { withoutUnprintable } from "../../domain/printable.ts";
import { armError } from "./armError.ts";
import type { ArmTransport } from "./armTransport.ts";
import { readAll } from "./readArm.ts";

/** An api-version of Microsoft.Resources/subscriptions that every cloud has. */
const API_VERSION = "2022-12-01";

/** A subscription that the principal has a role on, or in. */
interface VisibleSubscription {
  readonly subscriptionId: string;
  /** The display name, without what a list could not hold; the id where there is none. */
  readonly name: string;
}

/**
 * Lists the subscriptions of the principal's own directory that it has a role on, or on something in them, all pages.
 *
 * One in another directory, or where the role is yet to come, is not among them, so that an absence says nothing.
 *
 * @throws ProviderError where they cannot be listed
 */
export type VisibleSubscriptions = () => Promise<readonly VisibleSubscription[]>;

/** Makes the list of subscriptions (Subscriptions - List of Azure Resource Manager). */
export function createVisibleSubscriptions({ transport }: { readonly transport: ArmTransport }): VisibleSubscriptions {
  const target = { id: "/subscriptions", action: "list", apiVersion: API_VERSION } as const;
  return async () => {
    const found = await readAll({ transport, target, read: readSubscription, explain: armError });
    return [...new Map(found.map((each) => [each.subscriptionId.toLowerCase(), each])).values()];
  };
}

function readSubscription(body: unknown): VisibleSubscription | undefined {
  if (!isObject(body)) return undefined;
  const { subscriptionId, displayName } = body;
  if (typeof subscriptionId !== "string" || !isGuid(subscriptionId)) return undefined;
  const name = typeof displayName === "string" ? withoutUnprintable(displayName) : "";
  return { subscriptionId, name: name === "" ? subscriptionId : name };
}

import { isObject } from "../../domain/json.ts";
import { text } from "../wire/foreignText.ts";
import type { Activation, LocalSubscription } from "./hubClient.ts";

/** A subscription that the principal has a role on, at either endpoint. */
export interface OwnSubscription {
  readonly subscriptionId: string;
  readonly displayName: string | undefined;
  /** Its directory, in lower case. */
  readonly tenantId: string | undefined;
  readonly state: string | undefined;
}

/** The local subscription in an entry of Microsoft.Subscriptions.Admin, which has no envelope `properties`. */
export function readLocalSubscription(body: unknown): LocalSubscription | undefined {
  const own = readOwnSubscription(body);
  if (!own || !isObject(body)) return undefined;
  return {
    ...own,
    owner: text(body.owner),
    offerId: text(body.offerId),
    externalReferenceId: text(body.externalReferenceId),
  };
}

/** The subscription in an entry of a list of subscriptions. */
export function readOwnSubscription(body: unknown): OwnSubscription | undefined {
  if (!isObject(body)) return undefined;
  const subscriptionId = text(body.subscriptionId);
  if (subscriptionId === undefined || /[/\\?#]/.test(subscriptionId)) return undefined;
  const tenantId = text(body.tenantId)?.toLowerCase();
  return { subscriptionId, displayName: text(body.displayName), tenantId, state: text(body.state) };
}

/** The activation in an entry of Microsoft.AzureBridge.Admin/activations. */
export function readActivation(body: unknown): Activation | undefined {
  if (!isObject(body) || !isObject(body.properties)) return undefined;
  const { properties } = body;
  const { usageReportingEnabled } = properties;
  return {
    registrationId: text(properties.azureRegistrationResourceIdentifier),
    cloud: text(properties.azureEnvironmentName),
    expiration: text(properties.expiration),
    usageReportingEnabled: typeof usageReportingEnabled === "boolean" ? usageReportingEnabled : undefined,
    provisioningState: text(properties.provisioningState),
  };
}

/** The name of the region in an entry of Microsoft.Subscriptions.Admin/locations; a Hub has one. */
export function readLocationName(body: unknown): string | undefined {
  return isObject(body) ? text(body.name) : undefined;
}

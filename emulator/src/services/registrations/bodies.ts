import type { JsonObject } from "../../pipeline/bodies.ts";
import type { Exchange } from "../../pipeline/exchange.ts";
import type { CustomerSubscription } from "../../store/mappings.ts";
import { type Registration, registrationIdOf } from "../../store/registrations.ts";

/** A registration; the etag is in the body only, as in recordings. */
export function registrationResource(registration: Registration): JsonObject {
  const { name, location, tags, etag, objectId, cloudId, billingModel } = registration;
  return {
    id: registrationIdOf(registration),
    name,
    type: "Microsoft.AzureStack/registrations",
    location,
    ...(tags ? { tags } : {}),
    etag,
    properties: { objectId, cloudId, billingModel },
  };
}

/** A customer subscription; only 2020-06-01-preview tells who wrote it and when. */
export function customerSubscriptionResource(
  { context, request }: Exchange,
  registration: Registration,
  entry: CustomerSubscription,
): JsonObject {
  const { customerSubscriptionId, tenantId } = entry;
  const bare = context.modes().nameForm === "subscription";
  const version = request.address.query.get("api-version") ?? "";
  return {
    id: `${registrationIdOf(registration)}/customerSubscriptions/${customerSubscriptionId}`,
    name: bare ? customerSubscriptionId : `${registration.name}/${customerSubscriptionId}`,
    type: "Microsoft.AzureStack/registrations/customerSubscriptions",
    ...(version.toLowerCase() === "2020-06-01-preview" ? { systemData: systemDataOf(entry) } : {}),
    properties: { tenantId },
  };
}

function systemDataOf({ createdBy, createdAt, lastModifiedBy, lastModifiedAt }: CustomerSubscription): JsonObject {
  const type = "Application";
  return { createdBy, createdByType: type, createdAt, lastModifiedBy, lastModifiedByType: type, lastModifiedAt };
}

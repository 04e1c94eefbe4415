import type { Modes } from "../../modes.ts";
import type { JsonObject } from "../../pipeline/bodies.ts";
import type { NamedRoleAssignment } from "../../store/access.ts";
import type { CustomerSubscription } from "../../store/mappings.ts";
import { type Registration, registrationIdOf } from "../../store/registrations.ts";
import type { Directory, Lock, ResourceGroup, Subscription } from "../../world/world.ts";

export function subscriptionResource(subscription: Subscription): JsonObject {
  const { subscriptionId, tenantId, displayName, state = "Enabled", kind } = subscription;
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state,
    subscriptionPolicies: { locationPlacementId: "Public_2014-09-01", quotaId: quotaIds[kind], spendingLimit: "Off" },
  };
}

const quotaIds = {
  csp: "CSP_2015-05-01",
  apss: "PayAsYouGo_2014-09-01",
  ea: "EnterpriseAgreement_2014-09-01",
  payg: "PayAsYouGo_2014-09-01",
} as const satisfies Record<Subscription["kind"], string>;

export function tenantResource({ tenantId, displayName = "", domain = "" }: Directory): JsonObject {
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: "FR",
    displayName,
    domains: [domain],
    defaultDomain: domain,
    tenantType: "AAD",
    tenantCategory: "Home",
  };
}

export function resourceGroupResource(subscriptionId: string, { name, location, tags }: ResourceGroup): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: "Microsoft.Resources/resourceGroups",
    location,
    ...(tags ? { tags } : {}),
    properties: { provisioningState: "Succeeded" },
  };
}

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

export interface CustomerSubscriptionShape {
  readonly registration: Registration;
  readonly entry: CustomerSubscription;
  readonly modes: Modes;
  readonly version: string;
}

/** A customer subscription; only 2020-06-01-preview tells who wrote it and when. */
export function customerSubscriptionResource({
  registration,
  entry,
  modes,
  version,
}: CustomerSubscriptionShape): JsonObject {
  const { customerSubscriptionId, tenantId } = entry;
  const bare = modes.nameForm === "subscription";
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

export function lockResource({ scope, name, level, notes }: Lock): JsonObject {
  return {
    id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
    name,
    type: "Microsoft.Authorization/locks",
    properties: { level, ...(notes === undefined ? {} : { notes }) },
  };
}

export interface RoleAssignmentShape {
  readonly assignment: NamedRoleAssignment;
  readonly principalId: string;
  readonly roleDefinitionId: string;
}

export function roleAssignmentResource({ assignment, principalId, roleDefinitionId }: RoleAssignmentShape): JsonObject {
  const { scope, name } = assignment;
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    type: "Microsoft.Authorization/roleAssignments",
    properties: { roleDefinitionId, principalId, principalType: "ServicePrincipal", scope },
  };
}

import {
  type ManagedMapping,
  type MappingTable,
  parseRegistrationId,
  type RegistrationId,
  registrationKey,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import type { Step } from "./run/stackEvents.ts";

/** The type of a customer subscription in every state. */
export const CUSTOMER_SUBSCRIPTION = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";

/** The type of a tenant list's guard in every state. */
export const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";

interface Mapping {
  readonly registration: RegistrationId;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
}

/** What a list declares. */
export function tableOfList(list: TenantList): MappingTable {
  return toTable(toDeclarations(list).map(({ inputs }) => ({ ...inputs, registration: inputs })));
}

/** What a stack manages and does not delete anyway. */
export function tableOfManaged(managed: readonly ManagedMapping[]): MappingTable {
  return toTable(
    managed
      .filter(({ provider, isPendingDelete }) => provider === "azurestack-csp" && !isPendingDelete)
      .map(({ id, tenantId = `unknown, of ${id.customerSubscriptionId}` }) => ({ ...id, tenantId })),
  );
}

/** What a previewed program declares; a value that the preview does not know is left out. */
export function tableOfSteps(steps: readonly Step[]): MappingTable {
  return toTable(steps.flatMap(toMapping));
}

function toMapping({ type, op, inputs }: Step): readonly Mapping[] {
  if (type !== CUSTOMER_SUBSCRIPTION || !inputs || op.startsWith("delete") || op === "discard-replaced") return [];
  const { registrationId, tenantId, customerSubscriptionId } = inputs;
  if (![registrationId, tenantId, customerSubscriptionId].every((value) => typeof value === "string")) return [];
  const registration = parseRegistrationId(String(registrationId));
  if (!registration) return [];
  return [{ registration, tenantId: String(tenantId), customerSubscriptionId: String(customerSubscriptionId) }];
}

function toTable(mappings: readonly Mapping[]): MappingTable {
  const table: Record<string, Record<string, string>> = {};
  for (const { registration, tenantId, customerSubscriptionId } of mappings) {
    const key = registrationKey(registration);
    table[key] ??= {};
    table[key][tenantId.toLowerCase()] = customerSubscriptionId.toLowerCase();
  }
  return table;
}

import {
  type ClientSource,
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  hasCode,
  inspectTenantList,
  type ManagedMapping,
  type TenantList,
} from "@azurestack-csp/provider";

/** What is compared after a run. */
export interface VerifyRequest {
  readonly list: TenantList;
  /** What the stack managed before the run. */
  readonly before: readonly ManagedMapping[];
  /** What it manages now. */
  readonly after: readonly ManagedMapping[];
  readonly today: string;
}

/** What is live after a run, against what was meant; ARM ids. */
export interface Verification {
  /** How many declared mappings are live as declared. */
  readonly confirmed: number;
  /** Declared, and not live as declared. */
  readonly missing: readonly string[];
  /** No longer declared, and still live. */
  readonly remaining: readonly string[];
  /** Live, and neither declared nor managed. */
  readonly extras: readonly string[];
}

/** Asks Azure whether what is declared is live and what was removed is gone; sends no write. */
export async function verify(clientOf: ClientSource, request: VerifyRequest): Promise<Verification> {
  const { list, before, after, today } = request;
  const { plan } = await inspectTenantList(clientOf, { list, managed: after, today });
  const kept = new Set(after.map(({ id }) => keyOf(id)));
  const removed = before.filter(({ id, provider }) => provider === "azurestack-csp" && !kept.has(keyOf(id)));
  const checked = removed.map(async (mapping) => ((await isThere(clientOf, mapping)) ? [mapping.id] : []));
  const remaining = (await Promise.all(checked)).flat().map(formatCustomerSubscriptionId);
  const missing = plan.registrations.flatMap(({ registration, changes }) =>
    changes.map(({ customerSubscriptionId }) => formatCustomerSubscriptionId({ registration, customerSubscriptionId })),
  );
  const removedKeys = new Set(removed.map(({ id }) => keyOf(id)));
  const extras = plan.registrations
    .flatMap(({ registration, extras: found }) =>
      found.map(({ customerSubscriptionId }) => formatCustomerSubscriptionId({ registration, customerSubscriptionId })),
    )
    .filter((id) => !removedKeys.has(id.toLowerCase()));
  return { confirmed: plan.counts.unchanged, missing, remaining, extras };
}

/** A mapping that another tenant has by now is no longer the one that was removed. */
async function isThere(clientOf: ClientSource, { id, access, tenantId }: ManagedMapping): Promise<boolean> {
  try {
    const found = await clientOf(access).getCustomerSubscription(id);
    return found.tenantId === undefined || tenantId === undefined || sameTenant(found.tenantId, tenantId);
  } catch (error) {
    if (hasCode(error, "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", "CSP_RESOURCE_NOT_FOUND")) return false;
    throw error;
  }
}

function sameTenant(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function keyOf(id: CustomerSubscriptionId): string {
  return formatCustomerSubscriptionId(id).toLowerCase();
}

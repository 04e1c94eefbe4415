import { type Access, readAccess } from "../access.ts";
import { ProviderError } from "../errors/providerError.ts";
import { type CustomerSubscriptionId, parseCustomerSubscriptionId } from "../ids.ts";
import { isStandIn } from "../unknown.ts";

/** A customer subscription as the last run left it. */
export interface CustomerSubscriptionState {
  /** Read from the resource's ARM id, in the service's spelling. */
  readonly id: CustomerSubscriptionId;
  /** The tenant that the service kept; absent only in a state that nobody could confirm. */
  readonly tenantId: string | undefined;
  /** The tenant that was declared, where a refresh found another one live. */
  readonly expectedTenantId: string | undefined;
  /** The tenant that the service put in the place of the one that was sent; what it is mapped to is ours to remove. */
  readonly keptTenantId: string | undefined;
  /** The subscription that the tenant was being moved from by a write whose outcome nobody could confirm. */
  readonly movedFrom: string | undefined;
  /** The directory that the customer subscription belongs to, where it is known to be another than the tenant. */
  readonly directory: string | undefined;
  /** The day until whose end (UTC) the mapping is not removed. */
  readonly retainUntil: string | undefined;
  /** Whether a write was sent whose outcome nobody could confirm. */
  readonly unconfirmed: boolean;
  /** How the registration was reached, by which a refresh and a removal reach it too. */
  readonly access: Access;
}

/** What a state holds beside the ids. */
export interface StateFacts {
  readonly tenantId: string | undefined;
  readonly expectedTenantId?: string | undefined;
  readonly keptTenantId?: string | undefined;
  readonly movedFrom?: string | undefined;
  readonly directory?: string | undefined;
  readonly retainUntil?: string | undefined;
  readonly unconfirmed?: boolean;
  readonly access?: Access;
}

/**
 * Reads what a run left in the stack's state; accepts what every earlier release wrote.
 *
 * @throws ProviderError `CSP_STATE_UNREADABLE` where the resource's id is not the ARM id of a customer subscription, or where its
 *   cloud is unknown: another cloud must not be asked in its place; and where it holds Pulumi's stand-in for an unknown value.
 */
export function readState(armId: string, outputs: Readonly<Record<string, unknown>>): CustomerSubscriptionState {
  const id = parseCustomerSubscriptionId(armId);
  if (!id || isStandIn(id.customerSubscriptionId)) {
    throw new ProviderError("CSP_STATE_UNREADABLE", { reason: `its id is "${armId}", not a customer subscription's` });
  }
  return {
    id,
    tenantId: tenant("tenantId", outputs),
    expectedTenantId: tenant("expectedTenantId", outputs),
    keptTenantId: tenant("keptTenantId", outputs),
    movedFrom: tenant("movedFrom", outputs),
    directory: tenant("directory", outputs),
    retainUntil: text(outputs.retainUntil),
    unconfirmed: outputs.unconfirmed === true,
    access: knownAccess(outputs),
  };
}

/**
 * What goes into the stack's state as outputs.
 *
 * Only what is stable: a first run, a second one and a recovery leave the same. Absent values are left out, because
 * the dynamic host cannot carry `undefined`; so is what the ARM id says already, because a state on a file or a bucket
 * is written anew with every resource.
 */
export function writeOutputs(facts: StateFacts): Readonly<Record<string, unknown>> {
  return {
    ...(facts.tenantId === undefined ? {} : { tenantId: facts.tenantId.toLowerCase() }),
    ...(facts.expectedTenantId === undefined ? {} : { expectedTenantId: facts.expectedTenantId }),
    ...(facts.keptTenantId === undefined ? {} : { keptTenantId: facts.keptTenantId.toLowerCase() }),
    ...(facts.movedFrom === undefined ? {} : { movedFrom: facts.movedFrom.toLowerCase() }),
    ...(facts.directory === undefined ? {} : { directory: facts.directory.toLowerCase() }),
    ...(facts.retainUntil === undefined ? {} : { retainUntil: facts.retainUntil }),
    ...(facts.unconfirmed ? { unconfirmed: true } : {}),
    ...facts.access,
  };
}

function knownAccess(outputs: Readonly<Record<string, unknown>>): Access {
  const access = readAccess(outputs);
  const cloud = text(outputs.cloud);
  if (cloud === access.cloud) return access;
  throw new ProviderError("CSP_STATE_UNREADABLE", { reason: `its cloud is "${cloud}", which is not known` });
}

function tenant(name: string, outputs: Readonly<Record<string, unknown>>): string | undefined {
  const tenantId = text(outputs[name]);
  if (tenantId === undefined || !isStandIn(tenantId)) return tenantId;
  throw new ProviderError("CSP_STATE_UNREADABLE", {
    reason: `its ${name} is ${tenantId}, by which Pulumi stands in for a value that it does not know`,
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

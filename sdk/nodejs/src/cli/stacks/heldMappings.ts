import {
  aFew,
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatCustomerSubscriptionId,
  type ManagedMapping,
  ProviderError,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import type { StackState } from "./state/stackState.ts";

/** What a stack is to manage, and what it manages. */
export interface HeldRequest {
  /** What the stack that is worked on manages. */
  readonly managed: readonly ManagedMapping[];
  readonly list: TenantList;
}

/** What another stack manages of some mappings. */
export interface Held {
  /** The stack that manages it. */
  readonly holder: string;
  readonly ids: readonly CustomerSubscriptionId[];
}

/** Finds what is declared and other stacks manage already, stack by stack. */
export function findHeld(request: HeldRequest, others: readonly StackState[]): readonly Held[] {
  return heldAmong(unmanagedIds(request), others);
}

/** Finds what the stack manages and other stacks manage as well, stack by stack. */
export function findShared(managed: readonly ManagedMapping[], others: readonly StackState[]): readonly Held[] {
  return heldAmong(new Set(managed.filter(isOurs).map(({ id }) => customerSubscriptionKey(id))), others);
}

function heldAmong(wanted: ReadonlySet<string>, others: readonly StackState[]): readonly Held[] {
  return others.flatMap(({ stack, managed }) => {
    const found = managed.filter(({ id }) => wanted.has(customerSubscriptionKey(id)));
    // A replacement that is not finished has the same mapping twice.
    const ids = [...new Map(found.map(({ id }) => [customerSubscriptionKey(id), id])).values()];
    return ids.length > 0 ? [{ holder: stack, ids }] : [];
  });
}

/** The error `CSP_RECONCILE_HELD_ELSEWHERE`. */
export function heldError({ holder, ids }: Held): ProviderError {
  const mappings = aFew(ids.map(formatCustomerSubscriptionId));
  return new ProviderError(reconcileErrors.CSP_RECONCILE_HELD_ELSEWHERE, {
    count: String(ids.length),
    holder,
    mappings,
  });
}

/**
 * Refuses what another stack manages already.
 *
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE`
 */
export function refuseHeld(request: HeldRequest, others: readonly StackState[]): void {
  const [first] = findHeld(request, others);
  if (first) throw heldError(first);
}

/**
 * Refuses a run that would take away what another stack manages as well.
 *
 * @throws ProviderError `CSP_RECONCILE_MANAGED_TWICE`
 */
export function refuseShared(stack: string, request: HeldRequest, others: readonly StackState[]): void {
  const [first] = findShared(losingMappings(request), others);
  if (first) throw sharedError(stack, first);
}

/** ARM ids, in lower case, of the mappings that the list declares and no resource of ours in the stack manages. */
export function unmanagedIds({ list, managed }: HeldRequest): ReadonlySet<string> {
  const own = new Set(managed.filter(isOurs).map(({ id }) => customerSubscriptionKey(id)));
  const declared = toDeclarations(list).map(({ id }) => customerSubscriptionKey(id));
  return new Set(declared.filter((id) => !own.has(id)));
}

/** What a run would take away: our mappings that the list does not declare, or declares for another tenant. */
export function losingMappings({ list, managed }: HeldRequest): readonly ManagedMapping[] {
  const tenants = new Map(
    toDeclarations(list).map(({ id, inputs }) => [customerSubscriptionKey(id), inputs.tenantId.toLowerCase()]),
  );
  return managed.filter((mapping) => {
    const tenantId = tenants.get(customerSubscriptionKey(mapping.id));
    return isOurs(mapping) && (tenantId === undefined || (mapping.tenantId ?? tenantId).toLowerCase() !== tenantId);
  });
}

/** The error `CSP_RECONCILE_MANAGED_TWICE`. */
export function sharedError(stack: string, { holder, ids }: Held): ProviderError {
  const mappings = aFew(ids.map(formatCustomerSubscriptionId));
  return new ProviderError(reconcileErrors.CSP_RECONCILE_MANAGED_TWICE, {
    count: String(ids.length),
    stack,
    holder,
    mappings,
  });
}

function isOurs({ provider }: ManagedMapping): boolean {
  return provider === "azurestack-csp";
}

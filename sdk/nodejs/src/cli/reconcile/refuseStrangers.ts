import { aFew, ProviderError } from "@azurestack-csp/provider";
import { KINDS, TENANT_REGISTRATIONS } from "../../resources/kinds.ts";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import { PART_MARK } from "../stacks/partMark.ts";
import type { StackState } from "../stacks/state/stackState.ts";

const OWN = new Set([KINDS.CustomerSubscription, KINDS.TenantListGuard, TENANT_REGISTRATIONS, PART_MARK]);

/**
 * Keeps the built-in program away from a stack that holds what another program declared, all of which it would delete.
 *
 * @throws ProviderError `CSP_RECONCILE_STACK_FOREIGN`
 */
export function refuseStrangers({ stack, deployment }: StackState): void {
  const strangers = deployment.resources.filter(({ type }) => isStranger(type));
  if (strangers.length === 0) return;
  throw new ProviderError(reconcileErrors.CSP_RECONCILE_STACK_FOREIGN, {
    stack,
    count: String(strangers.length),
    resources: aFew(strangers.map(({ urn }) => urn)),
  });
}

/** Whether a type of resource comes neither from a tenant list nor from Pulumi itself. */
export function isStranger(type: string): boolean {
  return !OWN.has(type) && !type.startsWith("pulumi:");
}

import { ProviderError } from "@azurestack-csp/provider";
import type { StackState } from "../stacks/stack.ts";
import { CUSTOMER_SUBSCRIPTION, GUARD } from "./mappingTables.ts";

const OWN = new Set([CUSTOMER_SUBSCRIPTION, GUARD, "azurestack-csp:index:TenantRegistrations"]);

/** How many resources an error names; the rest it counts. */
const NAMED = 5;

interface Deployment {
  readonly resources?: readonly { readonly type: string; readonly urn: string }[];
}

/**
 * Keeps the built-in program away from a stack that holds what another program declared, all of which it would delete.
 *
 * @throws ProviderError `CSP_RECONCILE_STACK_FOREIGN`
 */
export function refuseStrangers({ stack, deployment }: StackState): void {
  const { resources = [] } = (deployment ?? {}) as Deployment;
  const strangers = resources.filter(({ type }) => !OWN.has(type) && !type.startsWith("pulumi:"));
  if (strangers.length === 0) return;
  const more = strangers.length > NAMED ? `, and ${strangers.length - NAMED} more` : "";
  const named = strangers
    .slice(0, NAMED)
    .map(({ urn }) => urn)
    .join(", ");
  throw new ProviderError("CSP_RECONCILE_STACK_FOREIGN", {
    stack,
    count: String(strangers.length),
    resources: `${named}${more}`,
  });
}

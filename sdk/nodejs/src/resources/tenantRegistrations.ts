import {
  type DeclarationInputs,
  formatRegistrationId,
  type LookedAtTenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import * as pulumi from "@pulumi/pulumi";
import { CustomerSubscription, type CustomerSubscriptionArgs } from "./customerSubscription.ts";
import { TENANT_REGISTRATIONS } from "./kinds.ts";
import { refuseProviders } from "./refuseProviders.ts";
import { suspendStacks } from "./suspendStacks.ts";
import { TenantListGuard, type TenantListGuardLimits } from "./tenantListGuard.ts";

/** The inputs of {@link TenantRegistrations}. */
export interface TenantRegistrationsArgs {
  /**
   * A list without issues, as `requireTenantList`, `readTenantList` or `parseTenantList` returns it; the first one brings
   * along what is live, so that a mapping that has been lost is written again.
   */
  readonly list: LookedAtTenantList;
  /**
   * How much one run may remove and move; a run that would take away more stops before it changes anything.
   *
   * @default ten, and no more than a quarter, of each
   */
  readonly guard?: TenantListGuardLimits | undefined;
}

/**
 * All tenants of a list, registered on all Hubs they use: one {@link CustomerSubscription} per tenant and registration.
 *
 * The children are named `<registration key>/<tenant id>`, so that renaming a customer, or adding, removing and
 * reordering rows, touches no other row. Options of the component, such as `protect`, pass to the children.
 *
 * @throws ProviderError `CSP_PROVIDER_GIVEN` where it is given a provider for `pulumi-nodejs`.
 */
export class TenantRegistrations extends pulumi.ComponentResource {
  /** The children by their names, `<registration key>/<tenant id>`. */
  readonly customerSubscriptions: Readonly<Record<string, CustomerSubscription>>;

  constructor(name: string, { list, guard }: TenantRegistrationsArgs, options?: pulumi.ComponentResourceOptions) {
    refuseProviders(name, options);
    super(TENANT_REGISTRATIONS, name, {}, options);
    const { passed } = new TenantListGuard(`${name}-guard`, { list, ...guard }, { parent: this });
    // A promise and not an output: an output would write the dependency on the guard into every child's state.
    const whenPassed = (registrationId: string) => passed.then(() => registrationId);
    const restoreStacks = suspendStacks();
    try {
      this.customerSubscriptions = Object.fromEntries(
        toDeclarations(list).map(({ name: child, inputs }) => [
          child,
          new CustomerSubscription(child, byRegistrationId(inputs, whenPassed), { parent: this }),
        ]),
      );
      this.registerOutputs({});
    } finally {
      restoreStacks();
    }
  }
}

/** One input instead of three: the engine keeps a line for each in the state of every resource. */
function byRegistrationId(
  inputs: DeclarationInputs,
  whenPassed: (registrationId: string) => Promise<string>,
): CustomerSubscriptionArgs {
  const { registrationSubscriptionId, resourceGroup, registrationName, ...mapping } = inputs;
  const registration = { registrationSubscriptionId, resourceGroup, registrationName };
  return { ...mapping, registrationId: whenPassed(formatRegistrationId(registration)) };
}

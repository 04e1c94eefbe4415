import {
  type CloudName,
  DELETED_FIRST,
  formatRegistrationId,
  parseCustomerSubscriptionId,
  parseRegistrationId,
} from "@azurestack-csp/provider";
import * as pulumi from "@pulumi/pulumi";
import { KINDS, providerOf } from "./kinds.ts";
import { LOOKED_UP, lookingUp } from "./lookUp.ts";
import { refuseProviders } from "./refuseProviders.ts";
import { requireDynamic } from "./resolveDynamic.ts";
import { suspendStacks } from "./suspendStacks.ts";

/** A registration, named by the three parts of its ARM id. */
export interface RegistrationByName {
  /** The Azure subscription that the Hub was registered with; a GUID. */
  readonly registrationSubscriptionId: pulumi.Input<string>;
  /** The resource group that holds the registration, usually `azurestack`. */
  readonly resourceGroup: pulumi.Input<string>;
  /** The registration's name, often `azurestack-<cloud id>`. */
  readonly registrationName: pulumi.Input<string>;
  readonly registrationId?: undefined;
}

/** A registration, named by its ARM id; the `id` of one made or looked up with `@pulumi/azure-native` fits. */
export interface RegistrationById {
  /** `/subscriptions/…/resourceGroups/…/providers/Microsoft.AzureStack/registrations/…` */
  readonly registrationId: pulumi.Input<string>;
  readonly registrationSubscriptionId?: undefined;
  readonly resourceGroup?: undefined;
  readonly registrationName?: undefined;
}

/** What is mapped to what, and what a write may displace. */
export interface CustomerSubscriptionMapping {
  /** The customer's Azure subscription, sold through Partner Center (not one of the Hub); a GUID. */
  readonly customerSubscriptionId: pulumi.Input<string>;
  /**
   * The customer's directory, whose users work on the Hub; a GUID.
   *
   * @default the directory of the customer subscription, as Azure tells it
   */
  readonly tenantId?: pulumi.Input<string> | undefined;
  /**
   * Customer subscriptions whose live mapping this resource may displace: one that the tenant is mapped to, or
   * `customerSubscriptionId` itself where it is mapped to another tenant. A change of this input alone sends nothing.
   *
   * @default nothing may be displaced
   */
  readonly overwrite?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * The day, `YYYY-MM-DD`, until whose end (00:00 UTC after it) the mapping is not removed, by `pulumi destroy` neither,
   * and neither moved to another customer subscription nor given another tenant.
   *
   * @default it may be removed at any time
   */
  readonly retainUntil?: pulumi.Input<string> | undefined;
}

/** How the registration is reached, where it is not as the whole run's environment says; names only, no secrets. */
export interface RegistrationAccess {
  /**
   * The cloud of the registration: `public`, `usgovernment` or `china`. Changing it looks the mapping up in the new
   * cloud, writes it where it is missing, and removes nothing in the old one.
   *
   * @default that of the environment
   */
  readonly cloud?: pulumi.Input<CloudName> | undefined;
  /**
   * The beginning of the environment variables with the credential: `CONTOSO` stands for `CONTOSO_CLIENT_ID` and so on.
   * A change of this input alone sends nothing.
   *
   * @default the credential of the environment
   */
  readonly credentialPrefix?: pulumi.Input<string> | undefined;
}

/** The inputs of a {@link CustomerSubscription}: a registration, by name or by id, how it is reached, and a mapping. */
export type CustomerSubscriptionArgs = CustomerSubscriptionMapping &
  RegistrationAccess &
  (RegistrationByName | RegistrationById);

const PARTS = ["registrationSubscriptionId", "resourceGroup", "registrationName"] as const;

/**
 * A customer of an Azure Stack Hub: a directory tenant, mapped to the Azure subscription that its usage is billed to.
 *
 * Creating it registers the mapping under the Hub's registration, and adopts it where it is there already. It refuses
 * to displace another mapping unless `overwrite` names it. Deleting it removes the mapping: from then on the tenant's
 * usage is billed to the registration's own subscription.
 *
 * Of Pulumi's options, `replaceOnChanges` has no effect, and `ignoreChanges` takes whole inputs only.
 *
 * ```ts
 * new CustomerSubscription("contoso", {
 *   registrationSubscriptionId: "b5e8a8a2-7f0e-4d57-9c3e-5b9a0f3d2c11",
 *   resourceGroup: "azurestack",
 *   registrationName: "azurestack-hub-paris",
 *   customerSubscriptionId: "4f6f0c1e-2f0b-4b6c-8a53-7f5d0f7b9c21",
 *   tenantId: "9a1d3b0c-5f1e-4c8e-9b4f-0f6a7c8d9e10",
 * });
 * ```
 *
 * @throws ProviderError `CSP_DYNAMIC_NOT_RESOLVABLE` or `CSP_DYNAMIC_VERSION` where the program's folder does not
 *   resolve this package, `CSP_PROVIDER_GIVEN` where it is given a provider of its own; everything else is reported by the engine, property by property.
 */
export class CustomerSubscription extends pulumi.CustomResource {
  /** ARM id of the registration. */
  declare readonly registrationId: pulumi.Output<string>;
  /** The Azure subscription of the registration. */
  declare readonly registrationSubscriptionId: pulumi.Output<string>;
  /** The resource group of the registration. */
  declare readonly resourceGroup: pulumi.Output<string>;
  /** The name of the registration. */
  declare readonly registrationName: pulumi.Output<string>;
  /** The customer's Azure subscription. */
  declare readonly customerSubscriptionId: pulumi.Output<string>;
  /** The customer's directory; the resolved one where it was left out. */
  declare readonly tenantId: pulumi.Output<string>;
  /** The day until whose end (UTC) the mapping is not removed. */
  declare readonly retainUntil: pulumi.Output<string | undefined>;
  /** The cloud of the registration, where one was named. */
  declare readonly cloud: pulumi.Output<CloudName | undefined>;
  /** The beginning of the environment variables with the credential, where one was named. */
  declare readonly credentialPrefix: pulumi.Output<string | undefined>;

  constructor(name: string, args: CustomerSubscriptionArgs, options?: pulumi.CustomResourceOptions) {
    requireDynamic();
    refuseProviders(name, options);
    const restoreStacks = suspendStacks();
    try {
      const { id } = options ?? {};
      const lookUp = id === undefined ? {} : LOOKED_UP;
      const deletedFirst = options?.deleteBeforeReplace ? { [DELETED_FIRST]: true } : {};
      const properties = {
        ...inputs(args),
        ...lookUp,
        ...deletedFirst,
        __provider: providerOf("CustomerSubscription"),
      };
      const looking = id === undefined ? options : lookingUp(name, { ...options, id });
      super(KINDS.CustomerSubscription, name, properties, looking);
    } finally {
      restoreStacks();
    }
    repeat(this, "customerSubscriptionId", args.customerSubscriptionId);
    if (args.registrationId === undefined) {
      for (const part of PARTS) repeat(this, part, args[part]);
      deriveRegistrationId(this);
    } else {
      repeat(this, "registrationId", args.registrationId);
      deriveParts(this);
    }
  }

  /** The name in Azure, `<registration>/<customer subscription>`. */
  get name(): pulumi.Output<string> {
    return this.id.apply(nameIn);
  }
}

/** Gives an input back as an output: the state does not hold it twice, so that a preview could not tell it. */
function repeat(resource: CustomerSubscription, name: string, input: pulumi.Input<string>): void {
  derive(resource, name, () => pulumi.all([input, resource.urn]).apply(([value]) => value));
}

/** The ARM id of a registration that was given by its parts. */
function deriveRegistrationId(resource: CustomerSubscription): void {
  const { registrationSubscriptionId, resourceGroup, registrationName } = resource;
  const parts = { registrationSubscriptionId, resourceGroup, registrationName };
  derive(resource, "registrationId", () => pulumi.output(parts).apply(formatRegistrationId));
}

/** The parts of a registration that was given by its ARM id. */
function deriveParts(resource: CustomerSubscription): void {
  for (const part of PARTS) {
    derive(resource, part, () => resource.registrationId.apply((id) => parseRegistrationId(id)?.[part] ?? ""));
  }
}

/** Adds an output that is made when somebody asks for it: there may be thousands of resources. */
function derive(resource: CustomerSubscription, name: string, make: () => pulumi.Output<string>): void {
  let output: pulumi.Output<string> | undefined;
  Object.defineProperty(resource, name, { enumerable: true, get: () => (output ??= make()) });
}

function nameIn(armId: string): string {
  const id = parseCustomerSubscriptionId(armId);
  return id ? `${id.registration.registrationName}/${id.customerSubscriptionId}` : "";
}

/** Every output is named here, given or not, because the SDK makes an output of each name it is handed. */
function inputs(args: CustomerSubscriptionArgs) {
  const { customerSubscriptionId, tenantId, overwrite, retainUntil, cloud, credentialPrefix } = args;
  const mapping = { customerSubscriptionId, tenantId, overwrite, retainUntil, cloud, credentialPrefix };
  if (args.registrationId !== undefined) return { ...mapping, registrationId: args.registrationId };
  const { registrationSubscriptionId, resourceGroup, registrationName } = args;
  return { ...mapping, registrationSubscriptionId, resourceGroup, registrationName };
}

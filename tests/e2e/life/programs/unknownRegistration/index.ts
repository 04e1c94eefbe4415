import * as pulumi from "@pulumi/pulumi";
import { CustomerSubscription } from "azurestack-csp";

/** Stands for a resource of another provider, whose outputs a preview does not know before it is made. */
class Lookup extends pulumi.dynamic.Resource {
  declare readonly value: pulumi.Output<string>;

  constructor(name: string, given: string) {
    const create = async (inputs: { given: string }) => ({ id: "made", outs: { value: inputs.given } });
    super({ create }, name, { given, value: undefined });
  }
}

const registrationId =
  "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris";
const registration = new Lookup("registration", registrationId);
const tenant = new Lookup("tenant", "64b7da04-bacd-47ba-ad27-f9b41106797e");

const delmas = new CustomerSubscription("delmas", {
  registrationId: registration.value,
  customerSubscriptionId: "f4168c91-41b3-44da-b15a-9c86b382a0ba",
  tenantId: tenant.value,
});

const garance = new CustomerSubscription(
  "garance",
  {
    registrationSubscriptionId: registration.value.apply((id) => id.split("/")[2] ?? ""),
    resourceGroup: "azurestack",
    registrationName: registration.value.apply((id) => id.split("/").at(-1) ?? ""),
    customerSubscriptionId: pulumi.secret("bbef828e-cae2-4131-becf-6ebe8c712ac2"),
  },
  { protect: true },
);

export const registrationName = delmas.registrationName;
export const garanceTenant = garance.tenantId;

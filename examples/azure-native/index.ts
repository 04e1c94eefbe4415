import { RoleAssignment } from "@pulumi/azure-native/authorization/index.js";
import { getRegistrationOutput } from "@pulumi/azure-native/azurestack/index.js";
import * as pulumi from "@pulumi/pulumi";
import { CustomerSubscription } from "azurestack-csp";

const config = new pulumi.Config();
const customerSubscriptionId = config.require("customerSubscriptionId");

const registration = getRegistrationOutput({
  resourceGroup: config.get("resourceGroup") ?? "azurestack",
  registrationName: config.require("registrationName"),
});

const customer = new CustomerSubscription("customer", {
  registrationId: registration.id,
  customerSubscriptionId,
  tenantId: config.require("tenantId"),
});

// The built-in role Owner has this id in every directory.
const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const scope = `/subscriptions/${customerSubscriptionId}`;

new RoleAssignment(
  "operators-own-customer",
  {
    scope,
    principalId: config.require("operatorsGroupId"),
    principalType: "Group",
    roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${owner}`,
  },
  { dependsOn: customer },
);

export const cloudId = registration.cloudId;
export const id = customer.id;

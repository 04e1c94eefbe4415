import { CustomerSubscription } from "azurestack-csp";

const customer = new CustomerSubscription("mecanique-perrault", {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-paris",
  customerSubscriptionId: "77082bc4-4750-436a-858f-f5181883c63f",
  tenantId: "396a1ce2-63f8-4782-9cdd-e9dbabd118ef",
});

export const id = customer.id;

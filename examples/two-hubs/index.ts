import { CustomerSubscription } from "azurestack-csp";

const hubs = {
  paris: {
    registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
    registrationName: "azurestack-hub-paris",
  },
  lyon: { registrationSubscriptionId: "0c7e0a76-a1c7-4455-b242-7defde95c5c1", registrationName: "azurestack-hub-lyon" },
};

const customer = {
  customerSubscriptionId: "63ddd82e-9ad4-41bb-a27c-4d8dea458666",
  tenantId: "9799c486-cf44-4e40-8f3f-89717207b15a",
};

// A Hub bills by its own registration only, so a customer has to be registered on every Hub it uses.
export const ids = Object.entries(hubs).map(
  ([hub, registration]) =>
    new CustomerSubscription(`notaires-reunis-${hub}`, { ...registration, resourceGroup: "azurestack", ...customer })
      .id,
);

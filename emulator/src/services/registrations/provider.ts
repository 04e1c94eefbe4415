import type { ResourceProvider } from "../arm/providers.ts";
import { registrationResource } from "./bodies.ts";

/** The namespace of registrations. */
export const AZURE_STACK = "Microsoft.AzureStack";

/** Versions of `registrations`, newest first: clients take the first one that is no preview. */
export const registrationVersions = ["2022-06-01", "2020-06-01-preview", "2017-06-01", "2016-01-01"] as const;

/** Versions of `registrations/customerSubscriptions`, newest first. */
export const customerSubscriptionVersions = ["2022-06-01", "2020-06-01-preview", "2017-06-01"] as const;

/** Registrations as ARM has to know of them; customer subscriptions are no tracked resources. */
export const azureStack: ResourceProvider = {
  namespace: AZURE_STACK,
  registration: "required",
  types: [
    { resourceType: "operations", apiVersions: registrationVersions, locations: ["Global"] },
    { resourceType: "registrations", apiVersions: registrationVersions, locations: ["Global"] },
    {
      resourceType: "registrations/customerSubscriptions",
      apiVersions: customerSubscriptionVersions,
      locations: ["Global"],
    },
  ],
  tracked: ({ registrations }, { subscriptionId, resourceGroup }) =>
    registrations.list(subscriptionId, resourceGroup).map(registrationResource),
  clear({ registrations }, { subscriptionId, resourceGroup }) {
    for (const registration of registrations.list(subscriptionId, resourceGroup)) registrations.delete(registration);
  },
};

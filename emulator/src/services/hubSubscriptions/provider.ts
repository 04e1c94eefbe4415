import type { HubProvider } from "../arm/hubProvider.ts";
import { createHubSubscriptions } from "./service.ts";
import { NAMESPACE, versions } from "./versions.ts";

/** What an operator has of local subscriptions, the directories of their tenants, and the region. */
export const hubSubscriptions: HubProvider = {
  create: createHubSubscriptions,
  describe: ({ region }) => ({
    namespace: NAMESPACE,
    registration: "free",
    types: ["directoryTenants", "locations", "subscriptions"].map((resourceType) => ({
      resourceType,
      apiVersions: versions,
      locations: [region],
    })),
  }),
};

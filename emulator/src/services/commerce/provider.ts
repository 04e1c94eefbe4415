import type { HubProvider } from "../arm/hubProvider.ts";
import { commerceVersions } from "./readQuery.ts";
import { createSubscriberUsage, createUserUsage } from "./service.ts";
import { ADMIN_NAMESPACE, USER_NAMESPACE } from "./usageTypes.ts";

/** Usage of all subscribers, behind the admin endpoint of a Hub. */
export const subscriberUsage: HubProvider = {
  create: createSubscriberUsage,
  describe: ({ region }) => ({
    namespace: ADMIN_NAMESPACE,
    registration: "free",
    types: ["operations", "subscriberUsageAggregates"].map((resourceType) => ({
      resourceType,
      apiVersions: commerceVersions,
      locations: [region],
    })),
  }),
};

/** A user's own usage, behind the user endpoint of a Hub. */
export const userUsage: HubProvider = {
  create: createUserUsage,
  describe: ({ region }) => ({
    namespace: USER_NAMESPACE,
    registration: "free",
    types: [{ resourceType: "usageAggregates", apiVersions: commerceVersions, locations: [region] }],
  }),
};

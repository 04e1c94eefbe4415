import type { Operation } from "../pipeline/router.ts";
import { lockOperations } from "./arm/operations/locks.ts";
import { metadataOperations } from "./arm/operations/metadata.ts";
import { permissionOperations } from "./arm/operations/permissions.ts";
import { providerOperations } from "./arm/operations/providers.ts";
import { resourceGroupOperations } from "./arm/operations/resourceGroups.ts";
import { resourceOperations } from "./arm/operations/resources.ts";
import { roleOperations } from "./arm/operations/roleAssignments.ts";
import { subscriptionOperations } from "./arm/operations/subscriptions.ts";
import { signInOperations } from "./entra/signIn.ts";
import { customerSubscriptionOperations } from "./registrations/customerSubscriptions.ts";
import { registrationOperations } from "./registrations/registrations.ts";

/** Everything the emulated Azure answers; a further service joins with a table of its own. */
export const operations: readonly Operation[] = [
  ...signInOperations,
  ...metadataOperations,
  ...subscriptionOperations,
  ...resourceGroupOperations,
  ...resourceOperations,
  ...providerOperations,
  ...registrationOperations,
  ...customerSubscriptionOperations,
  ...lockOperations,
  ...roleOperations,
  ...permissionOperations,
];

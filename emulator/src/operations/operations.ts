import type { Operation } from "../pipeline/router.ts";
import { customerSubscriptionOperations } from "./customerSubscriptions.ts";
import { lockOperations } from "./locks.ts";
import { metadataOperations } from "./metadata.ts";
import { permissionOperations } from "./permissions.ts";
import { providerOperations } from "./providers.ts";
import { registrationOperations } from "./registrations.ts";
import { resourceGroupOperations } from "./resourceGroups.ts";
import { resourceOperations } from "./resources.ts";
import { roleOperations } from "./roleAssignments.ts";
import { signInOperations } from "./signIn.ts";
import { subscriptionOperations } from "./subscriptions.ts";

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

import { ownsPathsOf } from "../../pipeline/router.ts";
import type { Service } from "../../pipeline/service.ts";
import type { HubArmOptions } from "../arm/hubProvider.ts";
import { frontDoor } from "../arm/service.ts";
import { directoryTenantOperations } from "./directoryTenants.ts";
import { localSubscriptionOperations } from "./localSubscriptions.ts";
import { locationOperations } from "./locations.ts";
import { NAMESPACE } from "./versions.ts";

/** Local subscriptions as their operator has them, behind the admin endpoint of a Hub. */
export function createHubSubscriptions(options: HubArmOptions): Service {
  const { hub } = options;
  const operations = [
    ...localSubscriptionOperations(hub),
    ...directoryTenantOperations(hub),
    ...locationOperations(hub),
  ];
  return { ...frontDoor(options), name: NAMESPACE, owns: ownsPathsOf(operations), operations };
}

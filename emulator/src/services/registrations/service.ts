import { ownsPathsOf } from "../../pipeline/router.ts";
import type { Service } from "../../pipeline/service.ts";
import { type ArmOptions, frontDoor } from "../arm/service.ts";
import { customerSubscriptionOperations } from "./customerSubscriptions.ts";
import { operationListOperations } from "./operationList.ts";
import { AZURE_STACK } from "./provider.ts";
import { registrationOperations } from "./registrations.ts";

/** Registrations of Hubs, behind Azure Resource Manager; what is wrong with a path of the namespace, ARM says. */
export function createRegistrations(options: ArmOptions): Service {
  const operations = [...operationListOperations, ...registrationOperations, ...customerSubscriptionOperations];
  return { ...frontDoor(options), name: AZURE_STACK, owns: ownsPathsOf(operations), operations };
}

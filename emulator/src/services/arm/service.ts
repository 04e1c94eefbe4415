import { addLatency } from "../../pipeline/addLatency.ts";
import { faultAfterCommit, faultBefore, faultOnResponse } from "../../pipeline/injectFaults.ts";
import type { Service } from "../../pipeline/service.ts";
import { writeJournal } from "../../pipeline/writeJournal.ts";
import { identify } from "../entra/identify.ts";
import type { Tokens } from "../entra/tokens.ts";
import { lockOperations } from "./operations/locks.ts";
import { metadataOperations } from "./operations/metadata.ts";
import { permissionOperations } from "./operations/permissions.ts";
import { providerOperations } from "./operations/providers.ts";
import { resourceGroupOperations } from "./operations/resourceGroups.ts";
import { resourceOperations } from "./operations/resources.ts";
import { roleAssignmentOperations } from "./operations/roleAssignments.ts";
import { roleDefinitionOperations } from "./operations/roleDefinitions.ts";
import { subscriptionOperations } from "./operations/subscriptions.ts";
import type { ResourceProvider } from "./providers.ts";
import { addHeaders } from "./steps/addHeaders.ts";
import { authenticate } from "./steps/authenticate.ts";
import { authorize } from "./steps/authorize.ts";
import { checkAddress } from "./steps/checkAddress.ts";
import { checkApiVersion } from "./steps/checkApiVersion.ts";
import { checkLocks } from "./steps/checkLocks.ts";
import { dispatch } from "./steps/dispatch.ts";
import { findGroup } from "./steps/findGroup.ts";
import { findSubscription } from "./steps/findSubscription.ts";
import { limitRate } from "./steps/limitRate.ts";
import { requireRegistration } from "./steps/requireRegistration.ts";
import type { Throttle } from "./throttle.ts";

/** One Azure Resource Manager: whose tokens it takes, and what stands behind it. */
export interface ArmOptions {
  readonly tokens: Tokens;
  readonly audiences: readonly string[];
  readonly providers: readonly ResourceProvider[];
  /** Absent: nothing is throttled. */
  readonly throttle: Throttle | undefined;
}

/** Azure Resource Manager, which owns every request that no other service of its origin does. */
export function createArm(options: ArmOptions): Service {
  const { providers } = options;
  return {
    ...frontDoor(options),
    name: "Azure Resource Manager",
    owns: () => true,
    operations: [
      ...metadataOperations,
      ...subscriptionOperations,
      ...resourceGroupOperations(providers),
      ...resourceOperations(providers),
      ...providerOperations(providers),
      ...lockOperations,
      ...roleAssignmentOperations,
      ...roleDefinitionOperations,
      ...permissionOperations,
    ],
  };
}

/**
 * What all services behind Azure Resource Manager share: their requests come through its gateway.
 *
 * That group and type errors come from the gateway, without the resource provider, is documented; the rest of the
 * order is not, and is chosen so that a look-up without a token finds out a subscription's directory, as real ARM allows.
 */
export function frontDoor({
  tokens,
  audiences,
  providers,
  throttle,
}: ArmOptions): Omit<Service, "name" | "owns" | "operations"> {
  return {
    audiences,
    correlationHeader: "x-ms-correlation-request-id",
    steps: [
      writeJournal,
      addLatency,
      addHeaders,
      identify(tokens),
      faultOnResponse,
      faultBefore,
      checkAddress,
      checkApiVersion,
      findSubscription,
      authenticate(tokens, audiences),
      limitRate(throttle),
      dispatch(providers),
      findGroup,
      requireRegistration(providers),
      authorize,
      checkLocks,
      faultAfterCommit,
    ],
  };
}

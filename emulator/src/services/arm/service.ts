import { addLatency } from "../../pipeline/addLatency.ts";
import { faultAfterCommit, faultBefore, faultOnResponse } from "../../pipeline/injectFaults.ts";
import type { Service } from "../../pipeline/service.ts";
import { writeJournal } from "../../pipeline/writeJournal.ts";
import type { Store } from "../../store/store.ts";
import { identify } from "../entra/identify.ts";
import type { Tokens } from "../entra/tokens.ts";
import type { ArmEnvironment } from "./environment.ts";
import { lockOperations } from "./operations/locks.ts";
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
  readonly environment: ArmEnvironment;
  readonly providers: readonly ResourceProvider[];
  /** What it knows. @default the whole world */
  readonly store?: Store;
  /** Absent: nothing is throttled. */
  readonly throttle: Throttle | undefined;
}

/** Azure Resource Manager, which owns every request that no other service of its origin does. */
export function createArm(options: ArmOptions): Service {
  const { providers, environment } = options;
  const { versions, locations, metadata, groupDeletion } = environment;
  return {
    ...frontDoor(options),
    name: "Azure Resource Manager",
    owns: () => true,
    operations: [
      ...metadata,
      ...subscriptionOperations(locations),
      ...resourceGroupOperations(providers, groupDeletion),
      ...resourceOperations(providers),
      ...providerOperations(providers),
      ...lockOperations(versions),
      ...roleAssignmentOperations(versions),
      ...roleDefinitionOperations(versions),
      ...permissionOperations(versions),
    ],
  };
}

/**
 * What all services behind an Azure Resource Manager share: their requests come through its gateway.
 *
 * That group and type errors come from the gateway, without the resource provider, is documented; the rest of the
 * order is not, and is chosen so that a look-up without a token finds out a subscription's directory, as real ARM allows.
 */
export function frontDoor({
  tokens,
  environment,
  providers,
  store,
  throttle,
}: ArmOptions): Omit<Service, "name" | "owns" | "operations"> {
  const { acceptance, region, versions, signInPath, remaining } = environment;
  return {
    audiences: acceptance.audiences,
    correlationHeader: "x-ms-correlation-request-id",
    ...(store ? { store } : {}),
    steps: [
      writeJournal,
      addLatency,
      addHeaders(region),
      identify(tokens),
      faultOnResponse,
      faultBefore,
      checkAddress,
      checkApiVersion(versions),
      findSubscription,
      authenticate({ tokens, ...acceptance, ...(signInPath ? { signInPath } : {}) }),
      limitRate(throttle, remaining),
      dispatch(providers),
      findGroup,
      requireRegistration(providers),
      authorize,
      checkLocks,
      faultAfterCommit,
    ],
  };
}

import type { CustomerSubscription } from "../../clients/registrations/registrationsClient.ts";
import { type CustomerSubscriptionState, writeOutputs } from "../../domain/customerSubscription/state.ts";
import { formatCustomerSubscriptionId, formatRegistrationId, idOf, sameId } from "../../domain/ids.ts";
import { isParentGone, lookUp, registrationIsGone } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import { askForDirectory } from "./resolveTenant.ts";

/** What a refresh found for one resource. */
export interface ReadMapping {
  /** ARM id in the service's spelling. */
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The inputs as they really are, where they are not what was declared. */
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads a mapping from its registration's list, which serves every resource of a refresh.
 *
 * The list may confirm the state. What it contradicts is looked up by itself, because lists lag. The directory of the
 * subscription is asked for where the mapping comes in by an import, and where the state knows it to be another one.
 *
 * @returns `undefined` where the mapping is gone for certain.
 */
export async function readMapping(
  deps: Deps,
  state: CustomerSubscriptionState,
  { isImport = false }: { readonly isImport?: boolean } = {},
): Promise<ReadMapping | undefined> {
  return await deps.refusals.guard(state.id, async () => {
    const listed = await fromList(deps, state);
    if (listed === "registration gone") return undefined;
    const live = listed && confirms(listed, state) ? listed : await lookUp(deps, spelledAs(listed, state));
    if (!live) return undefined;
    const isInDoubt = isImport || state.directory !== undefined;
    return describe({ ...state, directory: isInDoubt ? await wrongDirectory(deps, state, live) : undefined }, live);
  });
}

/** The directory of the subscription where it is not the mapping's tenant; what Azure does not tell any more stays. */
async function wrongDirectory(
  deps: Deps,
  state: CustomerSubscriptionState,
  { tenantId: liveTenantId }: CustomerSubscription,
): Promise<string | undefined> {
  const told = await askForDirectory(deps, state.id.customerSubscriptionId);
  const directory = told.directory ?? state.directory;
  const tenantId = state.expectedTenantId ?? state.tenantId ?? liveTenantId;
  return directory === undefined || tenantId === undefined || sameId(directory, tenantId) ? undefined : directory;
}

async function fromList(
  deps: Deps,
  { id }: CustomerSubscriptionState,
): Promise<CustomerSubscription | "registration gone" | undefined> {
  try {
    return (await deps.live.mappings(id.registration)).bySubscription(id);
  } catch (error) {
    if (isParentGone(error) && (await registrationIsGone(deps, id))) return "registration gone";
    throw error;
  }
}

function confirms(listed: CustomerSubscription, { tenantId }: CustomerSubscriptionState): boolean {
  return listed.tenantId !== undefined && tenantId !== undefined && sameId(listed.tenantId, tenantId);
}

function describe(state: CustomerSubscriptionState, live: CustomerSubscription): ReadMapping {
  const { directory, retainUntil, access } = state;
  const declared = state.expectedTenantId ?? state.tenantId;
  const drifted = declared !== undefined && live.tenantId !== undefined && !sameId(declared, live.tenantId);
  const expectedTenantId = drifted ? declared : undefined;
  const keptTenantId = drifted ? state.keptTenantId : undefined;
  const tenantId = live.tenantId ?? state.tenantId;
  const outputs = writeOutputs({ tenantId, expectedTenantId, keptTenantId, directory, retainUntil, access });
  const inputs = drifted ? declaredInputs(state, live) : undefined;
  return { id: formatCustomerSubscriptionId(live), outputs, inputs };
}

/** The inputs that would have made the mapping as it really is; `overwrite` permits and describes nothing. */
function declaredInputs({ id, retainUntil, access }: CustomerSubscriptionState, live: CustomerSubscription) {
  return {
    registrationId: formatRegistrationId(id.registration),
    customerSubscriptionId: id.customerSubscriptionId,
    tenantId: live.tenantId?.toLowerCase(),
    ...(retainUntil === undefined ? {} : { retainUntil }),
    ...access,
  };
}

function spelledAs(listed: CustomerSubscription | undefined, state: CustomerSubscriptionState) {
  return listed ? idOf(listed) : state.id;
}

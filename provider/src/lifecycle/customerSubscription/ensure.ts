import type { MappingChange } from "../../clients/registrations/mappingChange.ts";
import type { CustomerSubscription } from "../../clients/registrations/registrationsClient.ts";
import type { Access } from "../../domain/access.ts";
import { type StateFacts, writeOutputs } from "../../domain/customerSubscription/state.ts";
import { hasCode, isProviderError, mayPass, ProviderError } from "../../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  idOf,
  sameId,
} from "../../domain/ids.ts";
import type { GiveBack } from "../allowance.ts";
import { InitializationError } from "../initializationError.ts";
import type { NotedWrite } from "../writeNotes.ts";
import { lookUp, lookUpWritten } from "./confirm.ts";
import { mayDisplace, refuseConflicts, type Write } from "./conflicts.ts";
import type { Deps } from "./deps.ts";
import { resolveTenant } from "./resolveTenant.ts";
import type { LiveMappings } from "./run/liveMappings.ts";
import type { Mapping } from "./run/mapping.ts";

/** A mapping that is to be live. */
export interface Wanted {
  readonly id: CustomerSubscriptionId;
  /** Left out, it is the directory of the subscription. */
  readonly tenantId: string | undefined;
  readonly overwrite: readonly string[];
  readonly retainUntil: string | undefined;
  /** How the registration is reached, for the state. */
  readonly access: Access;
  /** The mapping that this same resource held before an update in place. */
  readonly before: Mapping | undefined;
}

type Retained = Write & Pick<Wanted, "retainUntil" | "access">;

/** A mapping that is live, in the service's spelling. */
export interface Ensured {
  readonly id: CustomerSubscriptionId;
  readonly tenantId: string;
}

/**
 * Makes a mapping live: adopts what is there, refuses what would displace another customer, else writes and makes sure.
 *
 * @throws ProviderError where nothing was written; {@link InitializationError} where something was, or may have been.
 */
export async function ensureMapping(deps: Deps, wanted: Wanted): Promise<Ensured> {
  return await deps.refusals.guard(wanted.id, () => ensure(deps, wanted));
}

async function ensure(deps: Deps, wanted: Wanted): Promise<Ensured> {
  const [tenantId, mappings] = await Promise.all([
    resolveTenant(deps, wanted.id, wanted.tenantId),
    deps.live.mappings(wanted.id.registration),
  ]);
  const mapping = { id: spelledAs(mappings.bySubscription(wanted.id), wanted.id), tenantId };
  deps.run.claims.reserve(mapping);
  try {
    return await establish(deps, mappings, { ...wanted, mapping });
  } catch (error) {
    deps.run.claims.giveUp(mapping);
    throw error;
  }
}

async function establish(deps: Deps, mappings: LiveMappings, write: Retained): Promise<Ensured> {
  const { id, tenantId } = write.mapping;
  if (await isSettled(deps, mappings, write)) {
    deps.say(`Tenant ${tenantId} was already mapped to ${id.customerSubscriptionId}; the mapping is adopted as it is.`);
    return write.mapping;
  }
  await refuseConflicts(deps, mappings, write);
  return { id: spelledAs(await put(deps, mappings, write), id), tenantId };
}

/**
 * Whether the mapping is live and nothing that this write displaces is.
 *
 * Where the service left a displaced mapping behind, only another write makes sure which of the two counts.
 */
async function isSettled(deps: Deps, mappings: LiveMappings, write: Write): Promise<boolean> {
  const { id, tenantId } = write.mapping;
  if (!isTenant(mappings.bySubscription(id), tenantId) || leavesBehind(deps, mappings, write)) return false;
  const live = await lookUp(deps, id);
  mappings.saw(id, live);
  return isTenant(live, tenantId);
}

function leavesBehind(deps: Deps, mappings: LiveMappings, write: Write): boolean {
  const { id, tenantId } = write.mapping;
  return mappings
    .byTenant(tenantId)
    .some((other) => !isSubscription(other, id) && mayDisplace(deps, write, other.customerSubscriptionId));
}

async function put(deps: Deps, mappings: LiveMappings, write: Retained): Promise<CustomerSubscription> {
  const { id } = write.mapping;
  const before = beforeWrite(mappings, write.mapping);
  const movedFrom = deps.run.originOf(write.mapping);
  const giveBack = movedFrom === undefined ? () => undefined : deps.run.allowance.move(write.mapping);
  const note = notedWrite(write);
  await deps.run.notes.about(note);
  const sent = await send(deps, write, () => {
    giveBack();
    deps.run.notes.refused(note);
  });
  const { live, problem } = await settle(deps, write.mapping, sent);
  if (live && isTenant(live, write.mapping.tenantId)) mappings.wrote(id, live);
  else if (live) mappings.saw(id, live);
  const unrecorded = await recordWrite(deps, { ...before, outcome: problem === undefined ? "done" : "unknown" });
  const failed = problem ?? unrecorded;
  if (live && failed === undefined) return live;
  throw initializationError({ ...write, movedFrom }, live, failed);
}

function notedWrite({ mapping: { id, tenantId }, retainUntil, access }: Retained): NotedWrite {
  const registrationId = formatRegistrationId(id.registration);
  const { customerSubscriptionId } = id;
  const kept = retainUntil === undefined ? {} : { retainUntil };
  return {
    id: formatCustomerSubscriptionId(id),
    inputs: { registrationId, customerSubscriptionId, tenantId, ...kept, ...access },
  };
}

interface Settled {
  readonly live: CustomerSubscription | undefined;
  /** Why the mapping is not the wanted one, or not known to be. */
  readonly problem: unknown;
}

async function settle(deps: Deps, mapping: Mapping, { described, doubt }: Sent): Promise<Settled> {
  try {
    const live = described ?? (await lookUpWritten(deps, mapping.id));
    if (isTenant(live, mapping.tenantId)) return { live, problem: undefined };
    const problem = live && doubt === undefined ? tenantDiffers(mapping, live) : outcomeUnknown(mapping, doubt);
    return { live, problem };
  } catch (error) {
    return { live: undefined, problem: outcomeUnknown(mapping, doubt ?? error) };
  }
}

function beforeWrite(mappings: LiveMappings, { id, tenantId }: Mapping): Omit<MappingChange, "outcome"> {
  const displaced = mappings.byTenant(tenantId).find((old) => !isSubscription(old, id));
  return {
    operation: "put",
    registration: formatRegistrationId(id.registration),
    customerSubscriptionId: id.customerSubscriptionId,
    oldTenantId: mappings.bySubscription(id)?.tenantId,
    newTenantId: tenantId,
    oldCustomerSubscriptionId: displaced?.customerSubscriptionId,
  };
}

async function recordWrite(deps: Deps, change: MappingChange): Promise<unknown> {
  try {
    return await deps.record(change).then(() => undefined);
  } catch (error) {
    return error;
  }
}

interface Sent {
  /** The mapping, where the answer described it. */
  readonly described: CustomerSubscription | undefined;
  /** Why the outcome is not known, where no usable answer came. */
  readonly doubt: unknown;
}

async function send(deps: Deps, { mapping: { id, tenantId } }: Write, giveBack: GiveBack): Promise<Sent> {
  try {
    const described = await deps.refusals.guardWrite(id, () => deps.client.putCustomerSubscription(id, tenantId));
    return { described: described?.tenantId === undefined ? undefined : described, doubt: undefined };
  } catch (error) {
    if (mayHaveWritten(error)) return { described: undefined, doubt: error };
    giveBack();
    throw error;
  }
}

/** Whether a failed write may have been carried out all the same; one that was throttled was refused. */
export function mayHaveWritten(error: unknown): boolean {
  return !isProviderError(error) || (mayPass(error) && error.kind !== "throttled");
}

/** State holds what is ours: the tenant that was sent, the one held before, and the one that the service made of it. */
function initializationError(
  write: Retained & Pick<StateFacts, "movedFrom">,
  live: CustomerSubscription | undefined,
  cause: unknown,
): InitializationError {
  const id = spelledAs(live, write.mapping.id);
  const { tenantId } = write.mapping;
  const outputs = writeOutputs({
    tenantId: isTenant(live, tenantId) ? tenantId : (write.before?.tenantId ?? tenantId),
    expectedTenantId: tenantId,
    // After a lost answer, another tenant may as well be the one that somebody else mapped.
    keptTenantId: hasCode(cause, "CSP_TENANT_DIFFERS") ? live?.tenantId : undefined,
    movedFrom: write.movedFrom,
    retainUntil: write.retainUntil,
    unconfirmed: true,
    access: write.access,
  });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InitializationError({ id: formatCustomerSubscriptionId(id), outputs, reasons: [reason], cause });
}

function tenantDiffers({ id, tenantId }: Mapping, live: CustomerSubscription): ProviderError {
  const registration = formatRegistrationId(id.registration);
  const liveTenantId = live.tenantId ?? "none";
  const { customerSubscriptionId } = id;
  return new ProviderError("CSP_TENANT_DIFFERS", { tenantId, customerSubscriptionId, registration, liveTenantId });
}

function outcomeUnknown({ id, tenantId }: Mapping, doubt: unknown): ProviderError {
  const reason = doubt instanceof Error ? doubt.message : "the service accepted it, but does not show it";
  const registration = formatRegistrationId(id.registration);
  const { customerSubscriptionId } = id;
  return new ProviderError(
    "CSP_OUTCOME_UNKNOWN",
    { tenantId, customerSubscriptionId, registration, reason },
    { cause: doubt },
  );
}

function isTenant(live: CustomerSubscription | undefined, tenantId: string): boolean {
  return live?.tenantId !== undefined && sameId(live.tenantId, tenantId);
}

function isSubscription(live: CustomerSubscription, id: CustomerSubscriptionId): boolean {
  return sameId(live.customerSubscriptionId, id.customerSubscriptionId);
}

function spelledAs(live: CustomerSubscription | undefined, id: CustomerSubscriptionId): CustomerSubscriptionId {
  return live ? idOf(live) : id;
}

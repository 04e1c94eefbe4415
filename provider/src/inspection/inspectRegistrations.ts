import pMap from "p-map";
import type { RegistrationsClient } from "../clients/registrations/registrationsClient.ts";
import type { Access } from "../domain/access.ts";
import { isCatalogueError } from "../domain/errors/providerError.ts";
import type { RegistrationId } from "../domain/ids.ts";
import {
  isReadable,
  type LockFacts,
  type Problem,
  type ReadableRegistration,
  type RegistrationFacts,
} from "../domain/plan/liveFacts.ts";

/** How many requests are under way side by side; the clients pace what comes of it. */
export const CONCURRENCY = 16;

/** The client for registrations that are reached in one way; `() => client` where all are reached alike. */
export type ClientSource = (access: Access) => RegistrationsClient;

/** A registration, and how it is reached. */
export interface ReachedRegistration {
  readonly registration: RegistrationId;
  readonly access?: Access;
}

/**
 * Looks at registrations side by side: one GET and one list each, and the locks only where they are asked for.
 *
 * What one registration refuses is a fact about that registration; only what is no error of the catalogue is thrown.
 *
 * @returns the facts in the order of the registrations.
 */
export async function inspectRegistrations(
  clientOf: ClientSource,
  registrations: readonly ReachedRegistration[],
  options: { readonly withLocks?: boolean } = {},
): Promise<readonly RegistrationFacts[]> {
  const inspect = async (reached: ReachedRegistration): Promise<RegistrationFacts> => {
    const facts = await inspectRegistration(clientOf, reached);
    return options.withLocks && isReadable(facts) ? await withLocks(clientOf, facts, reached.access) : facts;
  };
  return await pMap(registrations, inspect, { concurrency: CONCURRENCY });
}

/** The facts together with the locks that requests under the registration meet. */
export async function withLocks(
  clientOf: ClientSource,
  facts: ReadableRegistration,
  access: Access = {},
): Promise<ReadableRegistration> {
  const locks = await orProblem(async () => await clientOf(access).listLocks(facts.registration));
  const lockFacts: LockFacts = "problem" in locks ? locks : { locks: locks.value };
  return { ...facts, lockFacts };
}

async function inspectRegistration(
  clientOf: ClientSource,
  { registration, access = {} }: ReachedRegistration,
): Promise<RegistrationFacts> {
  const [found, list] = await Promise.all([
    orProblem(async () => await clientOf(access).getRegistration(registration)),
    orProblem(async () => await clientOf(access).listCustomerSubscriptions(registration)),
  ]);
  if ("problem" in found) return { registration, problem: found.problem };
  if ("problem" in list) return { registration, problem: list.problem };
  const { billingModel, cloudId } = found.value;
  const mappings = list.value.map(({ customerSubscriptionId, tenantId }) => ({ customerSubscriptionId, tenantId }));
  return { registration, billingModel, cloudId, mappings };
}

async function orProblem<Value>(
  ask: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly problem: Problem }> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (!isCatalogueError(error)) throw error;
    return { problem: { code: error.code, message: error.message } };
  }
}

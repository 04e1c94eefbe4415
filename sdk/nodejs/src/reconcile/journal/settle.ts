import {
  type ClientSource,
  type CustomerSubscription,
  formatCustomerSubscriptionId,
  hasCode,
  parseCustomerSubscriptionId,
  readAccess,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import { type IntendedWrite, mappingKey } from "../../stacks/run/journal.ts";
import type { StackState } from "../../stacks/stack.ts";
import type { StackRun } from "../run/stackRun.ts";
import { rewriteState, toImport, urnsIn } from "./settledState.ts";

/** What an interrupted run left, and what is known since. */
export interface SettleRequest {
  readonly writes: readonly IntendedWrite[];
  readonly state: StackState;
  readonly list: TenantList;
  readonly clientOf: ClientSource;
  readonly run: Pick<StackRun, "import" | "replaceState">;
}

/**
 * Takes into the state what an interrupted run wrote last and the list no longer declares, so that the run that follows
 * removes it as it removes any other row, with guard, locks and `retainUntil` looked at; sends no write.
 *
 * What is still declared needs nothing: it is adopted where it is live and written where it is not.
 *
 * @returns how many were taken in.
 */
export async function settle({ writes, state, list, clientOf, run }: SettleRequest): Promise<number> {
  const accounted = new Set([...heldIn(state), ...declaredIn(list)]);
  const left = writes.filter((write) => !accounted.has(mappingKey(write)));
  const asked = left.map(async (write) => ((await isLive(write, clientOf)) ? [write] : []));
  const live = (await Promise.all(asked)).flat();
  const known = urnsIn(state.deployment);
  const changed = live.filter(({ urn }) => known.has(urn));
  const added = live.filter(({ urn }) => !known.has(urn));
  if (changed.length > 0) await run.replaceState(rewriteState(state.deployment, changed));
  if (added.length > 0) await run.import(toImport(added, known));
  return live.length;
}

function heldIn({ managed }: StackState): readonly string[] {
  return managed.map(({ id, tenantId }) => mappingKey({ id: formatCustomerSubscriptionId(id), inputs: { tenantId } }));
}

function declaredIn(list: TenantList): readonly string[] {
  return toDeclarations(list).map(({ inputs }) => {
    const { customerSubscriptionId, tenantId } = inputs;
    const id = formatCustomerSubscriptionId({ registration: inputs, customerSubscriptionId });
    return mappingKey({ id, inputs: { tenantId } });
  });
}

async function isLive({ id: armId, inputs }: IntendedWrite, clientOf: ClientSource): Promise<boolean> {
  const id = parseCustomerSubscriptionId(armId);
  if (!id) return false;
  const found = await ask(async () => await clientOf(readAccess(inputs)).getCustomerSubscription(id));
  if (!found) return false;
  return found.tenantId === undefined || found.tenantId.toLowerCase() === String(inputs.tenantId).toLowerCase();
}

async function ask(get: () => Promise<CustomerSubscription>): Promise<CustomerSubscription | undefined> {
  try {
    return await get();
  } catch (error) {
    if (hasCode(error, "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", "CSP_RESOURCE_NOT_FOUND")) return undefined;
    throw error;
  }
}

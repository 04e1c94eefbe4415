import {
  customerSubscriptionKey,
  hasCode,
  parseCustomerSubscriptionId,
  type TenantList,
} from "@azurestack-csp/provider";
import type { IntendedWrite } from "../../../journal/intendedWrite.ts";
import { commandErrors } from "../../errors/commandErrors.ts";
import { findLeft } from "../../stacks/interrupted/findLeft.ts";
import { interruptedWrites } from "../../stacks/interrupted/interruptedWrites.ts";
import { type Journal, openJournal } from "../../stacks/interrupted/journal.ts";
import { findHolders } from "../../stacks/otherStacks.ts";
import type { Stack } from "../../stacks/stack.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import type { ReconcileJob } from "../job.ts";
import { nameWrites } from "./nameWrites.ts";
import { settledResource } from "./settledState.ts";

/** What settling needs of the job that it is a part of. */
export type SettleJob = Pick<ReconcileJob, "terminal" | "signal" | "clientOf">;

/** A stack whose journal is settled. */
export interface Settled {
  readonly state: StackState;
  /** Whether the stack is not there yet. */
  readonly isMissing: boolean;
  /** What the interrupted run had intended. */
  readonly interrupted: readonly IntendedWrite[];
  /** Where that was found, and where the next run writes what it intends. */
  readonly journal: Journal;
}

/** What is settled. */
export interface SettleRequest {
  readonly stack: Stack;
  readonly list: TenantList;
  /** Whether a stack that is not there counts as an empty one. @default false */
  readonly mayBeMissing?: boolean;
}

/** The list for which all that a run wrote is taken in, declared or not. */
export const NOTHING_DECLARED: TenantList = { registrations: [], tenants: [] };

/**
 * Takes into the state what an interrupted run wrote last and the list no longer declares, so that the run that follows
 * removes it as it removes any other row, with guard, locks, `protect` and `retainUntil` looked at; sends no write.
 *
 * What another stack holds by now stays with it.
 */
export async function settleStack(
  { terminal, clientOf }: SettleJob,
  { stack, list, mayBeMissing = false }: SettleRequest,
): Promise<Settled> {
  const { state, isMissing } = await readStack(stack, { mayBeMissing });
  const journal = await openJournal(stack);
  const interrupted = await interruptedWrites(stack, state);
  const live = await findLeft({ writes: interrupted, managed: state.managed, list, clientOf });
  const left = await leaveToHolders(terminal, { stack, live });
  if (left.length === 0) return { state, isMissing, interrupted, journal };
  const settled = await stack.put(nameWrites(left, state.deployment, stack.place).map(settledResource));
  terminal.say(`An interrupted run left ${left.length} mappings that are live; stack ${stack.name} manages them now.`);
  return { state: settled, isMissing, interrupted, journal };
}

/** Whether the last run of a stack was about to write something, and did not come to its end. */
export async function isInterrupted(stack: Stack, state: StackState): Promise<boolean> {
  return (await interruptedWrites(stack, state)).length > 0;
}

/** Settles a stack under its lock; without a list, all that its last run wrote comes in, declared or not. */
export async function settleLocked(
  job: SettleJob,
  { stack, list = NOTHING_DECLARED }: { readonly stack: Stack; readonly list?: TenantList | undefined },
): Promise<StackState> {
  const lock = await stack.lock(job);
  try {
    return (await settleStack(job, { stack, list })).state;
  } finally {
    await lock.release();
  }
}

async function readStack(
  stack: Stack,
  { mayBeMissing }: Required<Pick<SettleRequest, "mayBeMissing">>,
): Promise<Pick<Settled, "state" | "isMissing">> {
  try {
    return { state: await stack.export(), isMissing: false };
  } catch (error) {
    if (!mayBeMissing || !hasCode(error, commandErrors.CSP_COMMAND_STACK_UNKNOWN)) throw error;
    return { state: { stack: stack.name, managed: [], deployment: { resources: [] } }, isMissing: true };
  }
}

async function leaveToHolders(
  terminal: SettleJob["terminal"],
  { stack, live }: { readonly stack: Stack; readonly live: readonly IntendedWrite[] },
): Promise<readonly IntendedWrite[]> {
  if (live.length === 0) return [];
  const holders = await findHolders(stack.project, { except: stack.name, terminal });
  return live.filter((write) => {
    const id = parseCustomerSubscriptionId(write.id);
    const holder = id && holders.get(customerSubscriptionKey(id));
    if (holder === undefined) return true;
    terminal.say(`An interrupted run left ${write.id}; it belongs to stack ${holder} by now, and stays there.`);
    return false;
  });
}

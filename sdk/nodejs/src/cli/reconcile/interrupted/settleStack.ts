import { randomUUID } from "node:crypto";
import {
  customerSubscriptionKey,
  hasCode,
  parseCustomerSubscriptionId,
  type TenantList,
} from "@azurestack-csp/provider";
import { commandErrors } from "../../errors/commandErrors.ts";
import { lockStack } from "../../stacks/lock/lockStack.ts";
import { findHolders } from "../../stacks/otherStacks.ts";
import { shortName } from "../../stacks/partName.ts";
import { exportStack, type StackState } from "../../stacks/stack.ts";
import { editStack } from "../../stacks/state/editStack.ts";
import { putResources } from "../../stacks/state/putResources.ts";
import type { ReconcileJob } from "../job.ts";
import { findLeft } from "./findLeft.ts";
import { type IntendedWrite, journalOf } from "./journal.ts";
import { pendingWrites } from "./pendingWrites.ts";
import { settledResource } from "./settledState.ts";

/** What settling needs of the job that it is a part of. */
export type SettleJob = Pick<ReconcileJob, "context" | "project" | "clientOf" | "folder">;

/** A stack whose journal is settled. */
export interface Settled {
  readonly state: StackState;
  /** Whether the stack is not there yet. */
  readonly isMissing: boolean;
  /** What the interrupted run had intended. */
  readonly interrupted: readonly IntendedWrite[];
}

/** What is settled. */
export interface SettleRequest {
  readonly stack: string;
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
export async function settleStack(job: SettleJob, request: SettleRequest): Promise<Settled> {
  const { context, project, clientOf } = job;
  const { stack, list } = request;
  const { state, isMissing } = await readStack(job, request);
  const interrupted = await interruptedWrites(job, state);
  const live = await findLeft({ writes: interrupted, managed: state.managed, list, clientOf });
  const left = await leaveToHolders(job, { stack, live });
  if (left.length === 0) return { state, isMissing, interrupted };
  const place = { stack: shortName(stack), project: project.name, newId: randomUUID };
  const settled = await editStack(project, stack, (deployment) =>
    putResources(deployment, left.map(settledResource), place),
  );
  context.terminal.say(
    `An interrupted run left ${left.length} mappings that are live; stack ${stack} manages them now.`,
  );
  return { state: settled, isMissing, interrupted };
}

/** What the last run of a stack was about to write, where it did not come to its end. */
export async function interruptedWrites(
  { folder }: Pick<SettleJob, "folder">,
  { stack, deployment }: StackState,
): Promise<readonly IntendedWrite[]> {
  return (await journalOf(folder, stack).read()) ?? pendingWrites(deployment);
}

/** Settles a stack under its lock; without a list, all that its last run wrote comes in, declared or not. */
export async function settleLocked(
  job: SettleJob,
  { stack, list = NOTHING_DECLARED }: { readonly stack: string; readonly list?: TenantList | undefined },
): Promise<StackState> {
  const lock = await lockStack({ project: job.project, stack, folder: job.folder });
  try {
    return (await settleStack(job, { stack, list })).state;
  } finally {
    await lock.release();
  }
}

async function readStack(
  { project }: SettleJob,
  { stack, mayBeMissing = false }: SettleRequest,
): Promise<Pick<Settled, "state" | "isMissing">> {
  try {
    return { state: await exportStack(project, stack), isMissing: false };
  } catch (error) {
    if (!mayBeMissing || !hasCode(error, commandErrors.CSP_COMMAND_STACK_UNKNOWN)) throw error;
    return { state: { stack, managed: [], deployment: { resources: [] } }, isMissing: true };
  }
}

async function leaveToHolders(
  { context, project }: SettleJob,
  { stack, live }: { readonly stack: string; readonly live: readonly IntendedWrite[] },
): Promise<readonly IntendedWrite[]> {
  if (live.length === 0) return [];
  const holders = await findHolders(project, { except: stack, context });
  return live.filter((write) => {
    const id = parseCustomerSubscriptionId(write.id);
    const holder = id && holders.get(customerSubscriptionKey(id));
    if (holder === undefined) return true;
    context.terminal.say(`An interrupted run left ${write.id}; it belongs to stack ${holder} by now, and stays there.`);
    return false;
  });
}

import { join } from "node:path";
import { type ManagedMapping, ProviderError, type TenantList } from "@azurestack-csp/provider";
import { exportStack, type StackState } from "../../commands/shared/stack.ts";
import { createJournal } from "../journal/journal.ts";
import { settle } from "../journal/settle.ts";
import type { ReconcileJob } from "../reconcileStack.ts";
import { takeRunLock } from "../run/runLock.ts";
import type { RegistrationStack } from "./listPart.ts";
import { transfer } from "./transfer.ts";

/** What is handed over, and to whom. */
export interface HandOverRequest extends Pick<ReconcileJob, "context" | "project" | "clientOf" | "openRun" | "folder"> {
  /** The stack that held the whole list. */
  readonly stack: string;
  readonly list: TenantList;
  readonly parts: readonly RegistrationStack[];
}

/** Hands what one stack holds over to the stacks of the registrations, one after the other; writes nothing to Azure. */
export async function handOver(request: HandOverRequest): Promise<void> {
  const { context, project, stack, folder, parts, openRun } = request;
  const file = join(folder.path, `${stack}.lock`);
  const lock = await takeRunLock(file, { stack, now: () => new Date() });
  try {
    let state = await settleWhole(request);
    for (const { stack: part, list } of parts) {
      if (!state.managed.some(isOurs)) return;
      context.signal.throwIfAborted();
      const to = { state: await exportStack(project, part), run: await openRun(part) };
      const count = await transfer({ from: { state, run: await openRun(stack) }, to, list });
      if (count === 0) continue;
      context.terminal.say(`${count} mappings of stack ${stack} are in stack ${part} now.`);
      state = await exportStack(project, stack);
    }
    refuseRest(state);
  } finally {
    await lock.release();
  }
}

async function settleWhole({ project, stack, list, clientOf, folder, openRun }: HandOverRequest): Promise<StackState> {
  const state = await exportStack(project, stack);
  const journal = createJournal(join(folder.path, `${stack}.journal.jsonl`));
  const writes = await journal.read();
  if (writes.length === 0) return state;
  await settle({ writes, state, list, clientOf, run: await openRun(stack) });
  return await exportStack(project, stack);
}

/** What the list no longer declares belongs to no part; it has to be removed while the stack is still one. */
function refuseRest({ stack, managed }: StackState): void {
  const rest = managed.filter(isOurs);
  if (rest.length === 0) return;
  const names = rest.slice(0, 5).map(({ name }) => name);
  const mappings = rest.length > names.length ? `${names.join(", ")}, and more` : names.join(", ");
  throw new ProviderError("CSP_RECONCILE_STACK_NOT_SPLIT", { stack, count: String(rest.length), mappings });
}

function isOurs({ provider }: ManagedMapping): boolean {
  return provider === "azurestack-csp";
}

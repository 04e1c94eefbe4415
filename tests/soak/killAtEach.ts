import type { FaultRule } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, grenobleSecond, horizon, marchal } from "../support/customers.ts";
import type { HoldingEmulator } from "../support/heldRequest.ts";
import { killTree } from "../support/killTree.ts";
import type { RunningCommand } from "../support/pulumiCommand.ts";
import { assertSucceeded, type Row } from "../support/tenantStack.ts";

/** Two lists: from the one to the other two customers come, one goes, one moves and one stays. */
export const listBefore: readonly Row[] = [delmas, grenoble, marchal];
export const listWanted: readonly Row[] = [grenobleSecond, marchal, garance, horizon];

type Place = Pick<FaultRule, "match" | "when">;

const path = "/Microsoft.AzureStack/";

/** Where a run can be killed; where nothing is written, it does not matter whether the answer was on its way. */
export const places: readonly { readonly place: string; readonly rule: Place }[] = [
  { place: "each of its requests", rule: { match: { path }, when: "before" } },
  {
    place: "each mapping that was written and not answered",
    rule: { match: { path, method: "PUT" }, when: "afterCommit" },
  },
  { place: "each removal that was not answered", rule: { match: { path, method: "DELETE" }, when: "afterCommit" } },
];

/** What is killed again and again. */
export interface KillRequest {
  readonly azure: HoldingEmulator;
  readonly rule: Place;
  /** Brings everything to where the run starts from. */
  prepare(): Promise<void>;
  start(): RunningCommand;
  /** Runs again, and asserts that everything is as it should be. */
  recover(): Promise<void>;
}

/** Kills a run at the first request that fits, then at the second, and so on, until one comes to its end. */
export async function killAtEach({ azure, rule, prepare, start, recover }: KillRequest): Promise<void> {
  for (let nth = 1, isReached = true; isReached; nth += 1) {
    await prepare();
    const reached = azure.hold({ ...rule, nth });
    const { pid, result } = start();
    isReached = await Promise.race([reached.then(() => true), result.then(() => false)]);
    if (isReached) killTree(pid);
    const outcome = await result;
    azure.release();
    if (!isReached) assertSucceeded(outcome);
    await recover();
  }
}

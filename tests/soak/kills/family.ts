import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "@azurestack-csp/emulator";
import { killProcesses, livingProcesses, type Process, roleOf, treeOf } from "../../support/processes.ts";
import type { Victim } from "./situation.ts";

/** The processes of a run, known by their numbers even when their parents are gone. */
export interface Family {
  /** Those that may still do something: commands, engines and hosts. */
  living(): readonly Process[];
  /** Kills what is left of it. */
  end(): void;
}

/** How often the processes are looked at; there is no event for the end of another's child. */
const LOOK_IN_MS = 50;

/**
 * Kills processes of a run, once there are such processes.
 *
 * @returns the run's processes as they were right before; `undefined` where it came to its end first.
 */
export async function killIn(
  pid: number,
  { victim, hasEnded }: { readonly victim: Victim; readonly hasEnded: () => boolean },
): Promise<Family | undefined> {
  while (!hasEnded()) {
    const tree = treeOf(pid, livingProcesses());
    const doomed = victim === "all" ? tree : tree.filter((each) => roleOf(each) === victim);
    if (doomed.length > 0) {
      killProcesses(doomed);
      return familyOf(tree);
    }
    await pause(LOOK_IN_MS);
  }
  return undefined;
}

function familyOf(tree: readonly Process[]): Family {
  const members = new Set(tree.map(({ pid }) => pid));
  const look = () => {
    const all = livingProcesses();
    // Who was started since has a member for a parent; nobody else inherits the number of one within a test.
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
    return all.filter(({ pid }) => members.has(pid));
  };
  return {
    living: () => look().filter((each) => roleOf(each) !== undefined),
    end: () => killProcesses(look()),
  };
}

/**
 * Waits until a killed run has nothing more to send: its processes are gone, or have sent nothing for longer than the
 * longest pause that they were asked for.
 */
export async function untilSilent(
  families: readonly Family[],
  { azure, longestPauseInMs }: { readonly azure: Emulator; readonly longestPauseInMs: number },
): Promise<void> {
  let [seen, since] = [-1, performance.now()];
  while (families.some((family) => family.living().length > 0)) {
    const { length } = azure.journal();
    if (length !== seen) [seen, since] = [length, performance.now()];
    if (performance.now() - since > longestPauseInMs) return;
    await pause(LOOK_IN_MS);
  }
}

import { thisMachine } from "../../sdk/nodejs/src/processes/machine.ts";
import { killProcesses, livingProcesses, treeOf } from "./processes.ts";

/**
 * Kills a process and every process that descends from it, as a crash of the machine does.
 *
 * Pulumi gives its plugins process groups of their own, so that a signal to a group does not reach them.
 */
export function killTree(pid: number): void {
  killProcesses(treeOf(pid, livingProcesses()));
}

/** The process below another one whose command line fits, as `ps` shows it; throws where there is none, or several. */
export function findDescendant(pid: number, command: RegExp): number {
  const below = treeOf(pid, livingProcesses()).filter((each) => each.pid !== pid);
  const [found, ...more] = below.filter((each) => command.test(each.command));
  if (found === undefined || more.length > 0) {
    throw new Error(`Not one process fits ${command}:\n${below.map((each) => each.command).join("\n")}`);
  }
  return found.pid;
}

/** Kills a process alone, as the system does that has no memory left. */
export function killAlone(pid: number): void {
  process.kill(pid, "SIGKILL");
}

/** Whether a process has the number; one that nobody has collected yet has not. */
export function isAlive(pid: number): boolean {
  return thisMachine().isRunning(pid);
}

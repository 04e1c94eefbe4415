import { execFileSync } from "node:child_process";
import { thisMachine } from "../../sdk/nodejs/src/processes/machine.ts";

/**
 * Kills a process and every process that descends from it, as a crash of the machine does.
 *
 * Pulumi gives its plugins process groups of their own, so that a signal to a group does not reach them.
 */
export function killTree(pid: number): void {
  if (process.platform === "win32") {
    execFileSync("taskkill", ["/PID", String(pid), "/T", "/F"]);
    return;
  }
  for (const member of [pid, ...descendantsOf(pid)]) kill(member);
}

/** A process may have ended by itself since the table was read. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The process below another one whose command line fits, as `ps` shows it; throws where there is none, or several. */
export function findDescendant(pid: number, command: RegExp): number {
  const members = new Set(descendantsOf(pid));
  const table = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" });
  const lines = table.split("\n").filter((line) => members.has(Number.parseInt(line, 10)));
  const [found, ...more] = lines.filter((line) => command.test(line));
  if (found === undefined || more.length > 0) throw new Error(`Not one process fits ${command}:\n${lines.join("\n")}`);
  return Number.parseInt(found, 10);
}

/** Kills a process alone, as the system does that has no memory left. */
export function killAlone(pid: number): void {
  process.kill(pid, "SIGKILL");
}

/** Whether a process has the number; one that nobody has collected yet has not. */
export function isAlive(pid: number): boolean {
  return thisMachine().isRunning(pid);
}

function descendantsOf(pid: number): readonly number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const processes = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    processes.flatMap(([child, of]) => (of === parent && child !== undefined ? [child, ...below(child)] : []));
  return below(pid);
}

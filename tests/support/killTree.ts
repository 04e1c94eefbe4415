import { execFileSync } from "node:child_process";

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

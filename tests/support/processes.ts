import { execFileSync } from "node:child_process";

/** A process that has not ended. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its whole command line. */
  readonly command: string;
}

/** What a process is to a run of ours. */
export type Role = "command" | "engine" | "host";

/** All processes of the machine; one that has ended and that nobody has collected yet is none. */
export function livingProcesses(): readonly Process[] {
  return process.platform === "win32" ? readWindowsTable() : readTable();
}

/** The process with this number, and all that descend from it. */
export function treeOf(pid: number, processes: readonly Process[]): readonly Process[] {
  const below = (parent: number): readonly Process[] =>
    processes.flatMap((each) => (each.parent === parent ? [each, ...below(each.pid)] : []));
  return [...processes.filter((each) => each.pid === pid), ...below(pid)];
}

/** What a process is; `undefined` for what stands around the others, as a language host does. */
export function roleOf({ command }: Process): Role | undefined {
  if (/[\\/]azurestack-csp\.js\b/.test(command)) return "command";
  const [, quoted, plain, args = ""] = /^(?:"([^"]*)"|(\S*))(.*)$/.exec(command) ?? [];
  const program = (quoted ?? plain)
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.exe$/i, "");
  if (program === "pulumi") return "engine";
  return program === "node" && /[\\/]cmd[\\/]dynamic-provider\b/.test(args) ? "host" : undefined;
}

/** Kills processes as a crash does; one may have ended by itself since the table was read. */
export function killProcesses(processes: readonly Pick<Process, "pid">[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function readTable(): readonly Process[] {
  const table = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), command: command ?? "" }];
  });
}

function readWindowsTable(): readonly Process[] {
  const query = "Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,CommandLine | ConvertTo-Json";
  const table = execFileSync("powershell", ["-NoProfile", "-Command", query], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
  });
  const rows = JSON.parse(table) as { ProcessId: number; ParentProcessId: number; CommandLine: string | null }[];
  return rows.map(({ ProcessId, ParentProcessId, CommandLine }) => {
    return { pid: ProcessId, parent: ParentProcessId, command: CommandLine ?? "" };
  });
}

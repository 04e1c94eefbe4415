import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, as far as the platform tells it from all others; what Linux alone tells is absent elsewhere. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The id of the operating system's installation. */
  readonly machineId?: string | undefined;
  /** The id of the machine's start. */
  readonly bootId?: string | undefined;
  /** The namespace in which the process has its number. */
  readonly pidNamespace?: string | undefined;
  /** When the process started, in clock ticks since the machine's start. */
  readonly startTime?: string | undefined;
}

/** What can be seen of the processes of this machine. */
export interface Machine {
  /** This process. */
  readonly self: ProcessIdentity;
  /** Whether a process has the number; one that has ended and was not collected yet has not. */
  isRunning(pid: number): boolean;
  /** The start time of the process that has the number. */
  startTimeOf(pid: number): string | undefined;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    self: {
      pid: process.pid,
      host: hostname(),
      machineId: read("/etc/machine-id"),
      bootId: read("/proc/sys/kernel/random/boot_id"),
      pidNamespace: told(() => readlinkSync("/proc/self/ns/pid")),
      startTime: startTimeOf(process.pid),
    },
    isRunning: (pid) => hasProcess(pid) && !isZombie(pid),
    startTimeOf,
  };
}

/**
 * Whether a process is known to have ended. In doubt it lives: one of another machine, or of a container that numbers
 * its processes by itself, cannot be seen from here.
 */
export function isDead(holder: ProcessIdentity, { self, isRunning, startTimeOf: startOf }: Machine): boolean {
  if (holder.host !== self.host) return false;
  if (holder.bootId !== self.bootId) return holder.machineId !== undefined && holder.machineId === self.machineId;
  if (holder.pidNamespace !== self.pidNamespace) return false;
  if (!isRunning(holder.pid)) return true;
  const startTime = startOf(holder.pid);
  return holder.startTime !== undefined && startTime !== undefined && holder.startTime !== startTime;
}

/** Whether this machine can tell of a process that it is dead, were it so. */
export function isSeen(process: ProcessIdentity, machine: Machine): boolean {
  return isDead(process, { ...machine, isRunning: () => false });
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** In a container whose first process collects nobody, a killed process keeps its number. */
function isZombie(pid: number): boolean {
  return /^[ZX]$/.test(statOf(pid)[0] ?? "");
}

/** The 22nd field of proc_pid_stat(5). */
function startTimeOf(pid: number): string | undefined {
  return statOf(pid)[19];
}

/** The fields from the third on; the second, the command, may hold blanks and parentheses. */
function statOf(pid: number): readonly string[] {
  const text = read(`/proc/${pid}/stat`) ?? "";
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function read(file: string): string | undefined {
  return told(() => readFileSync(file, "utf8").trim());
}

function told(ask: () => string): string | undefined {
  try {
    return ask() || undefined;
  } catch {
    return undefined;
  }
}

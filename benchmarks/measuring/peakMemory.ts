import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A watch over the memory of one command. */
export interface MemoryWatch {
  /** Ends it; the highest peak seen, in MiB, or `null` where there was none to see. */
  stop(): number | null;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly residentKiB: number;
}

const INTERVAL_IN_MS = 100;

/** Going through all processes takes a few milliseconds. */
const TREE_INTERVAL_IN_MS = 500;

/**
 * Watches the peak resident memory of the dynamic provider that a Pulumi command starts.
 *
 * Linux keeps the peak itself (VmHWM), so that a look now and then misses nothing but the last moment; elsewhere `ps`
 * is asked for what is resident right then.
 */
export function watchPeakMemory(cli: number): MemoryWatch {
  const look = process.platform === "linux" ? createProcWatch(cli) : () => peakByPs(cli);
  return watch(look, INTERVAL_IN_MS);
}

/**
 * Watches how much memory a command and all processes below it have resident at one time.
 *
 * A sum, twice a second: pages that two processes share count twice, and a short peak between two looks is missed.
 */
export function watchTreeMemory(command: number): MemoryWatch {
  const list = process.platform === "linux" ? listProc : listByPs;
  return watch(() => {
    const processes = list();
    const isBelow = below(command, processes);
    return processes.reduce((sum, { pid, residentKiB }) => (isBelow(pid) ? sum + residentKiB : sum), 0);
  }, TREE_INTERVAL_IN_MS);
}

function watch(look: () => number, intervalInMs: number): MemoryWatch {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, look());
  }, intervalInMs);
  return {
    stop() {
      clearInterval(timer);
      return peak === 0 ? null : peak / 1024;
    },
  };
}

/** All processes are gone through only until the provider is found. */
function createProcWatch(cli: number): () => number {
  let provider: number | undefined;
  return () => {
    provider ??= findProvider(cli, listProc())?.pid;
    if (provider === undefined) return 0;
    const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readProc(provider, "status"))?.[1] ?? 0);
    if (peak === 0) provider = undefined;
    return peak;
  };
}

function listProc(): readonly Process[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => {
    const status = readProc(pid, "status");
    return {
      pid: Number(pid),
      parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0),
      command: readProc(pid, "cmdline").replaceAll("\0", " "),
      residentKiB: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0),
    };
  });
}

/** A process may end between two looks. */
function readProc(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function peakByPs(cli: number): number {
  return findProvider(cli, listByPs())?.residentKiB ?? 0;
}

function listByPs(): readonly Process[] {
  const { stdout, status } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" });
  if (status !== 0) return [];
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, resident, command = ""] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), residentKiB: Number(resident), command }] : [];
  });
}

function findProvider(cli: number, processes: readonly Process[]): Process | undefined {
  const isBelow = below(cli, processes);
  return processes.find(({ pid, command }) => isProvider(command) && isBelow(pid));
}

/** Whether a process is this one or stands below it. */
function below(ancestor: number, processes: readonly Process[]): (pid: number) => boolean {
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  return (pid) => {
    for (let current: number | undefined = pid; current !== undefined; current = parents.get(current)) {
      if (current === ancestor) return true;
    }
    return false;
  };
}

/** The launcher's shell names the same script; the process meant is Node itself. */
function isProvider(command: string): boolean {
  return /^\S*node(\.exe)? .*[/\\]cmd[/\\]dynamic-provider/.test(command);
}

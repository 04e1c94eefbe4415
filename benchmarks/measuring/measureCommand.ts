import type { CommandResult, RunningCommand } from "../../tests/support/pulumiCommand.ts";
import { type MemoryWatch, watchPeakMemory } from "./peakMemory.ts";

/** How a command ended, and what it took. */
export interface MeasuredCommand extends CommandResult {
  readonly seconds: number;
  /** Peak resident memory of what was watched; `null` where the system does not tell. */
  readonly peakMiB: number | null;
}

/** Runs a command to its end, whatever its exit code; `watch` says whose memory is meant. */
export async function measureCommand(
  start: () => RunningCommand,
  watch: (pid: number) => MemoryWatch = watchPeakMemory,
): Promise<MeasuredCommand> {
  const startedAt = performance.now();
  const command = start();
  const memory = watch(command.pid);
  try {
    const ended = await command.result;
    return { ...ended, seconds: (performance.now() - startedAt) / 1000, peakMiB: memory.stop() };
  } finally {
    memory.stop();
  }
}

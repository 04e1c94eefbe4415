import { readFileSync } from "node:fs";

const INTERVAL_IN_MS = 100;
/** Linux counts in hundredths of a second, whatever the kernel's own clock is (man 5 proc, `sysconf(_SC_CLK_TCK)`). */
const TICKS_A_SECOND = 100;

/**
 * Watches the processor time of one process, all of its threads included and none below it.
 *
 * @returns what ends the watch and gives the seconds, `null` where the system does not tell; the last tenth is missed.
 */
export function watchProcessorTime(pid: number): () => number | null {
  let seconds: number | null = null;
  const timer = setInterval(() => {
    seconds = secondsOf(pid) ?? seconds;
  }, INTERVAL_IN_MS);
  return () => {
    clearInterval(timer);
    return seconds;
  };
}

function secondsOf(pid: number): number | undefined {
  try {
    // The name of the program may hold blanks and brackets; utime and stime are the 14th and 15th fields.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return undefined;
  }
}

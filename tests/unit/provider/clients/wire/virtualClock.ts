/** A clock that goes forward only when everything else stands still. */
export interface VirtualClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Lets time pass until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** Makes a clock that begins at the given time, in milliseconds. */
export function createVirtualClock(start = 0): VirtualClock {
  let time = start;
  const sleepers: Sleeper[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ until: time + milliseconds, wake });
      }),
    async run(work) {
      let done = false;
      const finished = work.finally(() => {
        done = true;
      });
      finished.catch(() => {});
      for (await settle(); !done; await settle()) {
        sleepers.sort((left, right) => left.until - right.until);
        const next = sleepers.shift();
        if (!next) throw new Error("Everything waits, and nobody for the clock.");
        time = Math.max(time, next.until);
        next.wake();
      }
      return finished;
    },
  };
}

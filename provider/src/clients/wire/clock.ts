import { setTimeout } from "node:timers/promises";

/** Time and chance. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  sleep(pauseInMs: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to 1. */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(pauseInMs, signal) {
    await setTimeout(pauseInMs, undefined, signal ? { signal } : {});
  },
};

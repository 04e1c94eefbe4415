import type { Ticket, TokenBucket } from "./tokenBucket.ts";

/** One who wants through a gate. */
interface Passage {
  /** Whether it goes before those who wait already. */
  readonly ahead: boolean;
  readonly signal: AbortSignalish | undefined;
  /** How long a shut bucket is waited for. */
  readonly patienceInMs: number;
  /** The error of a bucket that is shut for longer than that. */
  readonly tooLong: (shutForInMs: number) => Error;
}

/** Lets requests through one by one, as the bucket behind it allows. */
export interface Gate {
  /** Resolves when it is this request's turn; rejects where the signal is aborted before, or the bucket shut for too long. */
  pass(passage: Passage): Promise<Ticket>;
  leave(ticket: Ticket, remaining: number | undefined): void;
  pause(pauseInMs: number): void;
}

/** What is used of an abort signal; the SDK's type and the platform's differ in the rest. */
interface AbortSignalish {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

interface Waiter extends Pick<Passage, "patienceInMs" | "tooLong"> {
  go(ticket: Ticket): void;
  stop(error: Error): void;
}

/** Makes a gate that is first come, first served, except for those who were let through before and failed. */
export function createGate(deps: {
  readonly bucket: TokenBucket;
  /** Rejects where the whole run is cancelled. */
  readonly sleep: (pauseInMs: number) => Promise<void>;
}): Gate {
  const { bucket, sleep } = deps;
  const queue: Waiter[] = [];
  let asleep = false;

  function open(): void {
    dismiss();
    while (!asleep && queue.length > 0) {
      const waitInMs = bucket.waitInMs();
      if (waitInMs === undefined) return;
      if (waitInMs > 0) sleepFor(waitInMs);
      else queue.shift()?.go(bucket.take());
    }
  }

  function dismiss(): void {
    const shutForInMs = bucket.shutForInMs();
    for (const waiter of queue.filter(({ patienceInMs }) => shutForInMs > patienceInMs)) {
      queue.splice(queue.indexOf(waiter), 1);
      waiter.stop(waiter.tooLong(shutForInMs));
    }
  }

  function sleepFor(pauseInMs: number): void {
    asleep = true;
    void sleep(pauseInMs).then(
      () => {
        asleep = false;
        open();
      },
      // The run is cancelled, and those who waited with it.
      () => undefined,
    );
  }

  function pass({ ahead, signal, patienceInMs, tooLong }: Passage): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        queue.splice(queue.indexOf(waiter), 1);
        waiter.stop(abortError());
      };
      const waiter: Waiter = {
        patienceInMs,
        tooLong,
        go(ticket) {
          signal?.removeEventListener("abort", onAbort);
          resolve(ticket);
        },
        stop(error) {
          signal?.removeEventListener("abort", onAbort);
          reject(error);
        },
      };
      if (signal?.aborted) return waiter.stop(abortError());
      signal?.addEventListener("abort", onAbort);
      if (ahead) queue.unshift(waiter);
      else queue.push(waiter);
      open();
    });
  }

  return {
    pass,
    leave(ticket, remaining) {
      bucket.settle(ticket, remaining);
      open();
    },
    pause: (pauseInMs) => bucket.pause(pauseInMs),
  };
}

function abortError(): Error {
  return Object.assign(new Error("The request was cancelled while it waited for its turn."), { name: "AbortError" });
}

/** How many requests a bucket holds and how fast it fills. */
export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

/** One of the buckets that a service counts requests in. */
export interface Bucket extends BucketSize {
  /** Tells it from the service's other buckets. */
  readonly key: string;
  /** The header in which answers say how many requests are left in it, where they do. */
  readonly remainingHeader?: string;
}

/** A request that took its token and has not been answered yet. */
export interface Ticket {
  readonly answeredBefore: number;
}

/** Our own account of a bucket that the service keeps. */
export interface TokenBucket {
  /** How long until a request may be sent: 0 for now, `undefined` for "once another one is answered". */
  waitInMs(): number | undefined;
  /** Takes a token for a request that is sent now. */
  take(): Ticket;
  /** Gives the ticket back with what the answer said is left, where it said anything. */
  settle(ticket: Ticket, remaining: number | undefined): void;
  /** Empties the bucket and keeps it shut for a time. */
  pause(pauseInMs: number): void;
  /** How long the bucket is still kept shut; 0 where it is not. */
  shutForInMs(): number;
}

/**
 * Makes the account of one bucket.
 *
 * The service's own word counts: what an answer says is left replaces our estimate, less whatever it may not have seen,
 * which is what was under way with it. Until the first answer a single request goes ahead, since others may have
 * emptied the bucket already. One second's refill is kept back, because the service may refill in steps.
 */
export function createTokenBucket(options: BucketSize & { readonly now: () => number }): TokenBucket {
  const { capacity, perSecond, now } = options;
  const reserve = perSecond;
  let tokens = capacity;
  let countedAt = now();
  let shutUntil = 0;
  let underWay = 0;
  let answered = 0;

  function refill(): void {
    const at = now();
    const grown = tokens + ((at - countedAt) / 1000) * perSecond;
    tokens = Math.min(Math.max(tokens, capacity), grown);
    countedAt = at;
  }

  return {
    waitInMs() {
      if (answered === 0 && underWay > 0) return undefined;
      refill();
      const missing = Math.max(0, reserve + 1 - tokens);
      return Math.max(Math.ceil((missing / perSecond) * 1000), shutUntil - countedAt, 0);
    },
    take() {
      refill();
      tokens -= 1;
      underWay += 1;
      return { answeredBefore: answered };
    },
    settle(ticket, remaining) {
      refill();
      const answeredMeanwhile = answered - ticket.answeredBefore;
      underWay -= 1;
      answered += 1;
      if (remaining !== undefined) tokens = remaining - underWay - answeredMeanwhile;
    },
    pause(pauseInMs) {
      refill();
      tokens = Math.min(tokens, 0);
      shutUntil = Math.max(shutUntil, now() + pauseInMs);
    },
    shutForInMs: () => Math.max(0, shutUntil - now()),
  };
}

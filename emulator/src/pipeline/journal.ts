/** `challenge`: an unauthenticated look-up of a subscription's directory. */
export type JournalKind = "request" | "challenge" | "token" | "metadata";

/** One request that was answered; never holds a token or a secret. */
export interface JournalEntry {
  /** When it came, in ISO 8601. */
  readonly time: string;
  readonly kind: JournalKind;
  /** The address that it came to, without a trailing slash. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Status of the answer; with a `transport`, of the answer that was damaged. */
  readonly status: number;
  /** Error code of the answer. */
  readonly code?: string;
  readonly operation?: string;
  /** Client id of the caller. */
  readonly principal?: string;
  readonly correlationId: string;
  /** What a fault did to the answer on its way out. */
  readonly transport?: string;
}

/** What was answered, in the order in which the answers went out. */
export interface Journal {
  write(entry: JournalEntry): void;
  entries(): readonly JournalEntry[];
  reset(): void;
}

const CAPACITY = 200_000;

/** Keeps the last 200,000 requests in memory. */
export function createJournal(): Journal {
  let entries: JournalEntry[] = [];
  return {
    write(entry) {
      entries.push(entry);
      if (entries.length > CAPACITY) entries = entries.slice(CAPACITY / 2);
    },
    entries: () => entries.slice(),
    reset() {
      entries = [];
    },
  };
}

/** Nobody waits longer, and the end of it has to be a time that can be told. */
const LONGEST_IN_MS = 366 * 86_400_000;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds.
 *
 * It holds seconds, whole or fractional, or an HTTP date; a date is measured from the answer's own `Date` where there
 * is one, so that a wrong local clock does no harm.
 *
 * @returns at most 366 days; `undefined` where the header is absent, unreadable or not in the future.
 */
export function parseRetryAfter(options: {
  readonly retryAfter: string | undefined;
  readonly date: string | undefined;
  /** The local time, in milliseconds since 1970. */
  readonly now: number;
}): number | undefined {
  const value = options.retryAfter?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return positive(Math.ceil(Number(value) * 1000));
  const until = Date.parse(value);
  const sent = options.date ? Date.parse(options.date) : Number.NaN;
  return positive(until - (Number.isNaN(sent) ? options.now : sent));
}

function positive(pauseInMs: number): number | undefined {
  return pauseInMs > 0 ? Math.min(pauseInMs, LONGEST_IN_MS) : undefined;
}

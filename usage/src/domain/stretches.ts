import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { DAY_IN_MS, formatInstant, HOUR_IN_MS } from "./times.ts";
import type { Stretch } from "./windows.ts";

/** Which reported time is meant, as a user writes it; all of it in UTC. */
export interface StretchTexts {
  /** A day, or a full hour. */
  readonly from?: string | undefined;
  /** A day, which is inside, or a full hour, which is where it ends. */
  readonly to?: string | undefined;
  /** A month, `2026-10`; with it goes the time in which its last days are still reported. */
  readonly month?: string | undefined;
  /** `FROM..TO` of `--again`, beside which none of the others may stand. */
  readonly again?: string | undefined;
}

/** A stretch of which either end may be left open. */
export type OpenStretch = Partial<Stretch>;

/**
 * Reads `--from`, `--to` and `--month`; all of it is open where `--again` is given.
 *
 * @param lagInHours how long usage of a day is still reported after it
 * @throws ProviderError `CSP_SYNC_RANGE`
 */
export function readStretch({ from, to, month, again }: StretchTexts, lagInHours: number): OpenStretch {
  if (again !== undefined) requireAlone("--again", again, { from, to, month });
  if (month !== undefined) {
    requireAlone("--month", month, { from, to });
    const start = readMonth(month);
    const [year = 0, index = 0] = month.split("-").map(Number);
    return { from: start, to: Date.UTC(year, index, 1) + lagInHours * HOUR_IN_MS };
  }
  const stretch = {
    ...(from === undefined ? {} : { from: readTime("--from", from).start }),
    ...(to === undefined ? {} : { to: readTime("--to", to).end }),
  };
  if (stretch.from !== undefined && stretch.to !== undefined && stretch.from >= stretch.to)
    throw refused("--to", to ?? "", `it is not after --from ${from}`);
  return stretch;
}

/**
 * Refuses what begins in the future, where nothing can have been reported.
 *
 * @throws ProviderError `CSP_SYNC_RANGE`
 */
export function requireBegun({ from, month }: StretchTexts, stretch: OpenStretch, now: number): void {
  if (stretch.from === undefined || stretch.from <= now) return;
  const reason = `it lies in the future, so nothing is due; it is ${formatInstant(now)} now`;
  throw month === undefined ? refused("--from", from ?? "", reason) : refused("--month", month, reason);
}

/**
 * Reads `--again FROM..TO`.
 *
 * @throws ProviderError `CSP_SYNC_RANGE`
 */
export function readAgain(text: string): Stretch {
  const [first = "", last, ...rest] = text.split("..");
  if (last === undefined || rest.length > 0) throw refused("--again", text, "it is not two times with .. between them");
  const [from, to] = [readTime("--again", first).start, readTime("--again", last).end];
  if (from >= to) throw refused("--again", text, "it ends before it begins");
  return { from, to };
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::00(?::00)?)?Z)?$/;

function readTime(option: string, text: string): { readonly start: number; readonly end: number } {
  const [, day = "", hour] = TIME.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day)
    throw refused(option, text, "it is no day and no full hour in UTC");
  if (hour === undefined) return { start: midnight, end: midnight + DAY_IN_MS };
  if (Number(hour) > 23) throw refused(option, text, "it is no day and no full hour in UTC");
  const start = midnight + Number(hour) * HOUR_IN_MS;
  return { start, end: start };
}

function readMonth(text: string): number {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) throw refused("--month", text, "it is no month");
  return Date.parse(`${text}-01T00:00:00Z`);
}

/** What others say of the time, agreeing or not, would go unread. */
function requireAlone(option: string, given: string, others: Omit<StretchTexts, "again">): void {
  const beside = Object.entries(others).flatMap(([name, text]) => (text === undefined ? [] : [`--${name} ${text}`]));
  if (beside.length === 0) return;
  throw refused(option, given, `it says the whole time by itself, and beside it stands ${beside.join(" and ")}`);
}

function refused(option: string, given: string, reason: string): ProviderError {
  return new ProviderError(usageErrors.CSP_SYNC_RANGE, { option, given, reason });
}

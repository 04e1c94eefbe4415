import { DAY, dateOf, dayOf, hourOf } from "./hours.ts";
import { parseInstant } from "./instants.ts";

/** How much usage there is; everything has a default. */
export interface UsageOptions {
  /** Months of it before `until`, from a midnight on. @default 2 */
  readonly months?: number;
  /** Local subscriptions that each Hub has at least; what the world lacks of them is made up. @default the world's */
  readonly tenants?: number;
  /** Another number, other usage. @default 1 */
  readonly seed?: number;
  /** The full hour at which reports end. @default none: they go on with the clock */
  readonly until?: Date;
}

/** From when to when usage was reported, in hours. */
export interface UsageTimes {
  /** The first hour of reports, a midnight. */
  readonly first: number;
  /** The last full hour at the start of the emulator. */
  readonly last: number;
  /** The hour from which on nothing is reported. */
  readonly end: number;
}

const MOST = { months: 120, tenants: 100_000, seed: 4_294_967_295 } as const;

/** When usage was reported, by the options and the clock at the start. */
export function usageTimes({ months = 2, until }: UsageOptions, now: Date): UsageTimes {
  const end = until === undefined ? hourOf(now) : hourOf(until);
  return {
    first: dayOf(hourOf(monthsBefore(dateOf(end), months))),
    last: end - 1,
    end: until === undefined ? Number.POSITIVE_INFINITY : end,
  };
}

/**
 * Reads `months=2,tenants=200,seed=7,until=2026-11-01T00:00Z`, or takes the text for the name of a file.
 *
 * @throws RangeError naming the part that is wrong, and what it may be.
 */
export function parseUsageArgument(argument: string): UsageOptions | string {
  if (!/^(months|tenants|seed|until)=/.test(argument)) return argument;
  const options: Record<string, number | Date> = {};
  for (const part of argument.split(",")) {
    const split = part.indexOf("=");
    const [name, value] = [part.slice(0, split), part.slice(split + 1)];
    if (name === "until") options.until = fullHour(value);
    else if (name === "months" || name === "tenants" || name === "seed") options[name] = whole(name, value);
    else throw new RangeError(`--usage has no part "${part}". Known: months, tenants, seed, until; or name a file.`);
  }
  return options;
}

function whole(name: keyof typeof MOST, text: string): number {
  const value = Number(text);
  const least = name === "months" ? 1 : 0;
  if (/^\d+$/.test(text) && value >= least && value <= MOST[name]) return value;
  throw new RangeError(`--usage ${name} cannot be "${text}". Give a whole number from ${least} to ${MOST[name]}.`);
}

function fullHour(text: string): Date {
  const instant = parseInstant(text);
  if (instant !== undefined && instant.getTime() % 3_600_000 === 0) return instant;
  throw new RangeError(`--usage until cannot be "${text}". Give a full hour in UTC, such as 2026-11-01T00:00Z.`);
}

/** The same time of the day so many months before; the last day of a shorter month. */
function monthsBefore(time: Date, months: number): Date {
  const first = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - months, 1, time.getUTCHours()));
  const nextMonth = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  const lastDay = new Date(nextMonth - DAY * 3_600_000).getUTCDate();
  first.setUTCDate(Math.min(time.getUTCDate(), lastDay));
  return first;
}

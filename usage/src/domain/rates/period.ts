/** Days of UTC, `YYYY-MM-DD`: from the first until right before the other; absent ones mean that there is no end. */
export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Sorts before all days, and after them. */
const NEVER_BEGUN = "";
const NEVER_ENDED = "9999-99-99";

/** Whether the day lies in the period. */
export function holdsOn({ from = NEVER_BEGUN, to = NEVER_ENDED }: Period, day: string): boolean {
  return from <= day && day < to;
}

/** The days that are in both; `undefined` where there are none. */
export function common(left: Period, right: Period): Period | undefined {
  const from = later(left.from, right.from);
  const to = earlier(left.to, right.to);
  return (from ?? NEVER_BEGUN) < (to ?? NEVER_ENDED) ? period(from, to) : undefined;
}

/** The days of the whole that none of the parts has, which are sorted by their first day and do not overlap. */
export function remaining(whole: Period, parts: readonly Period[]): readonly Period[] {
  const rest: Period[] = [];
  let from = whole.from;
  for (const part of parts) {
    const before = part.from === undefined ? undefined : common(whole, period(from, part.from));
    if (before) rest.push(before);
    if (part.to === undefined) return rest;
    from = later(from, part.to);
  }
  const last = common(whole, period(from, undefined));
  return last ? [...rest, last] : rest;
}

/** Sorts by the first day, what has none first. */
export function byFirstDay(left: Period, right: Period): number {
  const [one, other] = [left.from ?? NEVER_BEGUN, right.from ?? NEVER_BEGUN];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Both ends in words, for messages. */
export function tellPeriod({ from, to }: Period): { readonly from: string; readonly to: string } {
  return { from: from ?? "the beginning", to: to ?? "further notice" };
}

function period(from: string | undefined, to: string | undefined): Period {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function later(left: string | undefined, right: string | undefined): string | undefined {
  return (left ?? NEVER_BEGUN) > (right ?? NEVER_BEGUN) ? left : right;
}

function earlier(left: string | undefined, right: string | undefined): string | undefined {
  return (left ?? NEVER_ENDED) < (right ?? NEVER_ENDED) ? left : right;
}

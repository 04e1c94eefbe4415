import { draw, drawPart } from "../chance.ts";
import { DAY } from "../hours.ts";

/** What a meter says of an hour; `undefined` where there is nothing to report. */
export type Quantity = (hour: number) => number | undefined;

/** Whether a resource runs in an hour. */
export type Schedule = (hour: number) => boolean;

const GIGABYTE = 2 ** 30;
const HOURS_IN_MONTH = 744;
/** 2024-01-01T00:00Z, from which on capacities grow. */
const GROWTH_BEGINS = 473_352;

/** The same every hour. */
export function constant(value: number): Quantity {
  return () => value;
}

/** A part of a month, which the Hub takes for 744 hours. */
export function partOfMonth(value: number): Quantity {
  return constant(value / HOURS_IN_MONTH);
}

/** A capacity as an average over the hour, with all the digits that a double has. */
export function averageCapacity(seed: number, gigabytes: number): Quantity {
  const growth = drawPart(seed, 1) * 0.02;
  return (hour) =>
    gigabytes * (1 + (growth * (hour - GROWTH_BEGINS)) / HOURS_IN_MONTH) * (1 + 0.003 * drawPart(seed, hour));
}

/** A capacity in whole bytes: few of them make numbers with an exponent. */
export function bytesStored(seed: number, gigabytes: number): Quantity {
  const average = averageCapacity(seed, gigabytes * GIGABYTE);
  return (hour) => Math.round(average(hour) ?? 0) / GIGABYTE;
}

/** Bytes that went over the wire in an hour, none of them in some hours. */
export function bytesMoved(seed: number, gigabytes: number): Quantity {
  return (hour) => {
    const bytes = Math.round(gigabytes * GIGABYTE * busyness(hour) * 2 * drawPart(seed, hour));
    return bytes === 0 ? undefined : bytes / GIGABYTE;
  };
}

/** Calls in an hour, counted in ten thousands. */
export function tenThousands(seed: number, calls: number): Quantity {
  return (hour) => {
    const count = Math.round(calls * busyness(hour) * 2 * drawPart(seed, hour));
    return count === 0 ? undefined : count / 10_000;
  };
}

/** The quantity in the hours in which the resource runs. */
export function during(schedule: Schedule, quantity: Quantity): Quantity {
  return (hour) => (schedule(hour) ? quantity(hour) : undefined);
}

/** One of the ways in which people run things: most all the time, some by day, some for weeks now and then. */
export function scheduleOf(seed: number): Schedule {
  const kind = draw(seed, 2) % 16;
  if (kind < 11) return () => true;
  if (kind < 14) return (hour) => isWorkday(hour) && hour % DAY >= 6 && hour % DAY < 18;
  return (hour) => draw(seed, Math.floor(hour / (7 * DAY))) % 4 !== 0;
}

/** How busy an hour is: a triangle with its top at noon, lower at weekends. */
function busyness(hour: number): number {
  const byDay = 0.15 + 0.85 * (1 - Math.abs((hour % DAY) - 12) / 12);
  return isWorkday(hour) ? byDay : byDay * 0.3;
}

/** 1970-01-01 was a Thursday. */
function isWorkday(hour: number): boolean {
  const day = (Math.floor(hour / DAY) + 4) % 7;
  return day !== 0 && day !== 6;
}

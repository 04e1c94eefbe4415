import { draw } from "../chance.ts";

/** Hours from the use to the report that most usage takes, at most. */
export const USUAL_DELAY = 3;

/** Hours from the use to the report, whatever happens. */
export const LONGEST_DELAY = 48;

/** Hours of usage that are late together. */
const BLOCK = 6;

/** When the parts of what a series used in an hour are reported; a part of one is all of it. */
export interface Reports {
  /** Hours after the use. */
  readonly delay: number;
  /** Hours after the use that the other part comes; absent: there is none. */
  readonly restDelay?: number;
}

/** What is taken back of an hour later. */
export interface Correction {
  /** Place of the series among those of the subscription. */
  readonly series: number;
  readonly delay: number;
  /** How much of it, as a part of one. */
  readonly share: number;
}

const soon: Reports = { delay: 1 };
const atOnce: Reports = { delay: 0 };
const slow: Reports = { delay: 2 };
const parted: Reports = { delay: 1, restDelay: USUAL_DELAY };

/** By how many hours all usage of a subscription in this hour is late, which few hours are; 0: it is not. */
export function lateness(subscription: number, usageHour: number): number {
  const chance = draw(subscription, Math.floor(usageHour / BLOCK), 61);
  if (chance % 40 !== 0) return 0;
  return USUAL_DELAY + 1 + ((chance >>> 8) % (LONGEST_DELAY - USUAL_DELAY));
}

/** As recorded: of 236 rows 224 were reported in the hour after the use, 10 two hours after it, 2 in the same hour. */
export function usualReports(series: number, usageHour: number): Reports {
  const chance = draw(series, usageHour, 62) % 256;
  if (chance < 11) return slow;
  if (chance < 13) return atOnce;
  return chance < 18 ? parted : soon;
}

/** What is taken back of a subscription's usage of this hour: one series of one hour in a hundred. */
export function correctionOf(subscription: number, usageHour: number, seriesCount: number): Correction | undefined {
  const chance = draw(subscription, usageHour, 63);
  if (chance % 100 !== 0 || seriesCount === 0) return undefined;
  const share = 1 / (1 << ((chance >>> 8) % 3));
  return { series: draw(chance, 1) % seriesCount, delay: 20 + (draw(chance, 2) % (LONGEST_DELAY - 19)), share };
}

/** Hours are counted from 1970-01-01T00:00Z: whole numbers that can be added, and that know no time zone. */
const HOUR_IN_MS = 3_600_000;

/** Hours in a day; the Hub's days are those of UTC. */
export const DAY = 24;

/** The hour that a time is in. */
export function hourOf(time: Date): number {
  return Math.floor(time.getTime() / HOUR_IN_MS);
}

/** When an hour begins. */
export function dateOf(hour: number): Date {
  return new Date(hour * HOUR_IN_MS);
}

/** The hour at which the day began that an hour is in. */
export function dayOf(hour: number): number {
  return Math.floor(hour / DAY) * DAY;
}

/** An hour as the Hub writes it in rows: `2019-12-10T18:00:00+00:00`. */
export function formatHour(hour: number): string {
  return `${dateOf(hour).toISOString().slice(0, 19)}+00:00`;
}

/** An hour as everybody else writes it: `2019-12-10T18:00:00Z`. */
export function formatUtc(hour: number): string {
  return `${dateOf(hour).toISOString().slice(0, 19)}Z`;
}

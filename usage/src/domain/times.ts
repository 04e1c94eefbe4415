/** One hour, in milliseconds. */
export const HOUR_IN_MS = 3_600_000;

/** One day of UTC, in milliseconds. */
export const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The instant as the Hub is asked for it and the store keeps it: `2026-10-01T18:00:00Z`. */
export function formatInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The day of UTC that an instant lies in: `2026-10-01`. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** The days from the first to the last, both inside. */
export function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let ms = Date.parse(first); ms <= Date.parse(last); ms += DAY_IN_MS) days.push(dayOf(formatInstant(ms)));
  return days;
}

const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|([+-]\d\d:\d\d))?$/;

/**
 * A time of a Hub as `2026-10-01T18:00:00Z`, or `undefined` where it is none.
 *
 * Hubs write `+00:00`; another offset is turned into UTC, and a time without one is UTC, as all times of the usage API are
 * (learn.microsoft.com, "Tenant resource usage API"). A fraction of a second is not taken: usage is counted in hours.
 */
export function readUsageTime(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const [, date, time, offset = "+00:00"] = TIME.exec(text) ?? [];
  if (date === undefined || time === undefined) return undefined;
  // `Date` takes 30 February for 2 March.
  const local = new Date(`${date}T${time}Z`);
  if (Number.isNaN(local.getTime()) || toText(local) !== `${date}T${time}Z`) return undefined;
  const utc = new Date(`${date}T${time}${offset}`);
  return Number.isNaN(utc.getTime()) ? undefined : toText(utc);
}

function toText(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/**
 * Times as clients of the usage API spell them. Offsets follow a plus that a query may have turned into a blank; the
 * manual's own example has an offset and a `Z` behind it; times without a zone are UTC.
 */
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?:([+ -])(\d{2}):?(\d{2}))?Z?$/i;

/** Reads a time in any spelling that Hubs take; `undefined` for what is none, or names a day that there is not. */
export function parseInstant(text: string): Date | undefined {
  const match = INSTANT.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const [fraction = "", sign = "+", offsetHours = "0", offsetMinutes = "0"] = match
    .slice(7, 11)
    .map((part) => part ?? undefined);
  if (hour > 23 || minute > 59 || second > 59 || Number(offsetHours) > 14 || Number(offsetMinutes) > 59)
    return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  // Anything behind the second keeps a time off the full hour, however small it is.
  const milliseconds = /[1-9]/.test(fraction) ? Math.max(1, Math.floor(Number(`0.${fraction}`) * 1_000)) : 0;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === "-" ? -1 : 1);
  date.setUTCHours(hour, minute - offset, second, milliseconds);
  return date;
}

import { aFew } from "@azurestack-csp/provider";

/** Days in a few words: as a stretch where they follow each other. */
export function daysText(days: readonly string[]): string {
  const [first = ""] = days;
  const last = days.at(-1) ?? first;
  if (days.length > 2 && Date.parse(last) - Date.parse(first) === (days.length - 1) * 86_400_000)
    return `${first} to ${last}`;
  return aFew(days);
}

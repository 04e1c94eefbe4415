import type { HubStatus } from "@azurestack-csp/usage";

const DAY_IN_MS = 86_400_000;

/**
 * The usage days that somebody asks for and a store has never been to, or to a part of alone; a stretch that lies wholly
 * ahead is all of it not known.
 *
 * @param wanted in milliseconds since 1970, the end not inside; nothing where all is meant that there is
 */
export function daysNotKnown(
  { days, due }: Pick<HubStatus, "days" | "due">,
  { from, to }: { readonly from?: number; readonly to?: number },
): readonly string[] {
  if (from === undefined && to === undefined) return [];
  const known = new Set(days.filter(({ state }) => state !== "partial").map(({ day }) => day));
  const dueEnd = midnight(Date.parse(due)) + DAY_IN_MS;
  const begin = midnight(from ?? Date.parse(days[0]?.day ?? due));
  const wantedEnd = to ?? Math.max(dueEnd, begin + DAY_IN_MS);
  const end = begin < dueEnd ? Math.min(wantedEnd, dueEnd) : wantedEnd;
  const found: string[] = [];
  for (let ms = begin; ms < end; ms += DAY_IN_MS) {
    const day = new Date(ms).toISOString().slice(0, 10);
    if (!known.has(day)) found.push(day);
  }
  return found;
}

function midnight(ms: number): number {
  return Math.floor(ms / DAY_IN_MS) * DAY_IN_MS;
}

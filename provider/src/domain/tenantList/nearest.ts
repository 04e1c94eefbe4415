import { closest, distance } from "fastest-levenshtein";

/** A question after the known word that is meant most likely, or nothing where none is near; letter case is ignored. */
export function nearest(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const lowered = known.map((candidate) => candidate.toLowerCase());
  const found = closest(word.toLowerCase(), lowered);
  const candidate = known[lowered.indexOf(found)];
  const allowed = Math.max(1, Math.floor(found.length / 3));
  return candidate !== undefined && distance(word.toLowerCase(), found) <= allowed
    ? ` (did you mean \`${candidate}\`?)`
    : "";
}

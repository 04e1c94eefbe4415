import { distance } from "fastest-levenshtein";

/** A question after the known word that is meant most likely, or nothing where none is near; letter case is ignored. */
export function nearest(word: string, known: readonly string[]): string {
  return didYouMean(nearWords(word, known).slice(0, 1));
}

/** How much further than the nearest word another one may be to be meant all the same. */
const BESIDE_NEAREST = 2;

/** The known words that may be meant, the nearest first; letter case is ignored. */
export function nearWords(word: string, known: readonly string[]): readonly string[] {
  const lowered = word.toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, far: distance(lowered, candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.far - right.far);
  const most = (near[0]?.far ?? 0) + BESIDE_NEAREST;
  return near.filter(({ far }) => far <= most).map(({ candidate }) => candidate);
}

/** The question after such words, to stand behind the one that is not known; nothing where there are none. */
export function didYouMean(words: readonly string[]): string {
  return words.length === 0 ? "" : ` (did you mean ${words.map((word) => `\`${word}\``).join(" or ")}?)`;
}

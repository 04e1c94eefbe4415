/** How many things a message names unless it says otherwise. */
const NAMED = 5;

/** How a message names some things and counts the rest. */
export interface AFewOptions {
  /** How many are named. @default 5 */
  readonly most?: number;
  /** What comes before the count. @default ", and" */
  readonly and?: string;
}

/** Words behind one another for a message; of many the first ones, and how many more there are. */
export function aFew(words: readonly string[], { most = NAMED, and = ", and" }: AFewOptions = {}): string {
  const shown = words.slice(0, most).join(", ");
  return words.length > most ? `${shown}${and} ${words.length - most} more` : shown;
}

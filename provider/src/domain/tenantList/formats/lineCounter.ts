import { LineCounter } from "yaml";

/**
 * Tells line and column, from 1, of an offset in the text.
 *
 * Counted from the text itself: the YAML parser skips line breaks inside of what it cannot make out.
 */
export function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

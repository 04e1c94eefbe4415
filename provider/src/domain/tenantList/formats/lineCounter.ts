import { LineCounter } from "yaml";
import type { Place } from "../tenantList.ts";

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

/** Tells the same of offsets that never go back. */
export function createLineCursor(text: string): (offset: number) => Pick<Place, "line" | "column"> {
  let line = 1;
  let start = 0;
  let end = text.indexOf("\n");
  return (offset) => {
    for (; end !== -1 && end < offset; end = text.indexOf("\n", start)) {
      line += 1;
      start = end + 1;
    }
    return { line, column: offset - start + 1 };
  };
}

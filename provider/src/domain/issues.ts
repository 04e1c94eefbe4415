import type { Details, ErrorCode } from "./errors/catalogue.ts";
import { explain } from "./errors/explain.ts";
import { escapeUnprintable } from "./printable.ts";

/** One problem with one input; validators collect them all and report them together. */
export interface Issue {
  /** A code of the error catalogue. */
  readonly code: ErrorCode;
  /** The input property the problem belongs to, as the user wrote it. */
  readonly path: string;
  /** The whole explanation: code, fact with its value, what it leads to, what to do. */
  readonly message: string;
}

/** Longer than any few ids; a cell behind a quote that is never closed may hold the rest of a file. */
const MOST_CHARACTERS = 2_000;

/** What is left of a longer one. */
const SHOWN_CHARACTERS = 200;

/** Makes an issue of a catalogue entry; the details fill the entry's placeholders, each on one line of bounded length. */
export function issue<Code extends ErrorCode>(path: string, code: Code, details: Details<Code>): Issue {
  const lines = Object.entries<string>(details).map(([name, text]) => [name, shorten(escapeUnprintable(text))]);
  return { code, path, message: explain(code, Object.fromEntries(lines) as Details<Code>) };
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  // Half of a character at the end would show as one that nobody wrote.
  const start = text.slice(0, SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
  return `${start}… (${text.length} characters)`;
}

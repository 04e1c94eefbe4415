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

/** Details, or how they are found, where that takes its time. */
export type GivenDetails<Code extends ErrorCode> = Details<Code> | (() => Details<Code>);

/**
 * Makes an issue of a catalogue entry; the details fill the entry's placeholders, each on one line of bounded length.
 *
 * Details are found and the message is made when it is read: of a slip that a whole file repeats, nobody reads most.
 */
export function issue<Code extends ErrorCode>(path: string, code: Code, details: GivenDetails<Code>): Issue {
  let message: string | undefined;
  return {
    code,
    path,
    get message() {
      message ??= explainShort(code, typeof details === "function" ? details() : details);
      return message;
    },
  };
}

function explainShort<Code extends ErrorCode>(code: Code, details: Details<Code>): string {
  // An escape is longer than what it stands for, and looking for what needs one takes its time in a long text.
  const lines = Object.entries<string>(details).map(([name, text]) => [
    name,
    shorten(escapeUnprintable(shorten(text))),
  ]);
  return explain(code, Object.fromEntries(lines) as Details<Code>);
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  // Half of a character at the end would show as one that nobody wrote.
  const start = text.slice(0, SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
  return `${start}… (${text.length} characters)`;
}

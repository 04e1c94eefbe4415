import type { CodeOf, Details, ErrorCode, ErrorReference } from "./errors/catalogue.ts";
import { definitionOf } from "./errors/catalogue.ts";
import { explain } from "./errors/explain.ts";
import { escapeUnprintable } from "./printable.ts";

/** One problem with one input; validators collect them all and report them together. */
export interface Issue<Code extends string = ErrorCode> {
  /** A code of the error catalogue, or of another family. */
  readonly code: Code;
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
export type GivenDetails<Reference extends ErrorReference> = Details<Reference> | (() => Details<Reference>);

/**
 * Makes an issue of a catalogue entry, or of the definition of another family; the details fill the entry's placeholders, each on one line of bounded length.
 *
 * Details are found and the message is made when it is read: of a slip that a whole file repeats, nobody reads most.
 */
export function issue<Reference extends ErrorReference>(
  path: string,
  reference: Reference,
  details: GivenDetails<Reference>,
): Issue<CodeOf<Reference>> {
  let message: string | undefined;
  return {
    code: definitionOf(reference).code as CodeOf<Reference>,
    path,
    get message() {
      message ??= explainShort(reference, typeof details === "function" ? details() : details);
      return message;
    },
  };
}

function explainShort<Reference extends ErrorReference>(reference: Reference, details: Details<Reference>): string {
  // An escape is longer than what it stands for, and looking for what needs one takes its time in a long text.
  const lines = Object.entries<string>(details).map(([name, text]) => [
    name,
    shorten(escapeUnprintable(shorten(text))),
  ]);
  return explain(reference, Object.fromEntries(lines) as Details<Reference>);
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  // Half of a character at the end would show as one that nobody wrote.
  const start = text.slice(0, SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
  return `${start}… (${text.length} characters)`;
}

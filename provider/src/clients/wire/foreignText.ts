import { escapeUnprintable } from "../../domain/printable.ts";

/** How much of a foreign text is kept, in characters; ids, names and explanations are shorter. */
const LONGEST_TEXT = 1_000;

/** A JSON Web Token, or whatever follows the word that announces a token. */
const TOKEN = /eyJ[\w-]{8,}(?:\.[\w-]+)*|(?<=\b[Bb]earer\s+)[\w.~+/=-]{20,}/g;

/**
 * The text in the value for people and logs: tokens struck out, what cannot be printed escaped, and cut where it is
 * longer than 1,000 characters; `undefined` where it is empty or none.
 */
export function text(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return escapeUnprintable(shorten(value).replaceAll(TOKEN, "***"));
}

/** The same on one line, a space for each line break. */
export function sentences(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return text(shorten(value.trim()).replaceAll(/\s*[\r\n]\s*/g, " "));
}

/**
 * The beginning of a foreign text, as much of it as is kept, with a mark where it is longer.
 *
 * It comes before any pattern: many need time by the square of the length.
 */
export function shorten(foreign: string): string {
  return foreign.length > LONGEST_TEXT ? `${foreign.slice(0, LONGEST_TEXT)}…` : foreign;
}

/** The text without the secrets, in whatever way a URL or a JSON body spells them. */
export function strikeOut(foreign: string, secrets: readonly string[]): string {
  const spelled = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  return [...new Set(spelled)].reduce((kept, each) => kept.replaceAll(each, "***"), foreign);
}

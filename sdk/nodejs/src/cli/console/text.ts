import wrapAnsi from "wrap-ansi";

/** A number with its noun: `1 mapping`, `2 mappings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * Breaks a text between words into lines of at most `width` columns of the terminal, indented alike; a longer word
 * stays whole.
 */
export function wrap(text: string, { width, indent }: { readonly width: number; readonly indent: string }): string {
  return wrapAnsi(text, width - indent.length).replaceAll(/^/gm, indent);
}

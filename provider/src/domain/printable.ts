/**
 * What no reader sees and what may steer a terminal or turn a line around: control characters, line and paragraph
 * separators, halves of surrogate pairs, and what Unicode calls ignorable (bidirectional controls, zero-width characters,
 * soft hyphens, tags, fillers), but not marks such as variation selectors.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\p{M})\p{Default_Ignorable_Code_Point}/gu;

/** Scripts whose spelling needs joiners inside of words. */
const JOINING_SCRIPTS = [
  "Arabic",
  "Bengali",
  "Devanagari",
  "Gujarati",
  "Gurmukhi",
  "Kannada",
  "Khmer",
  "Malayalam",
  "Mongolian",
  "Myanmar",
  "Oriya",
  "Sinhala",
  "Syriac",
  "Tamil",
  "Telugu",
];

/** Joiners and tags where they make one sign of several: inside of words of those scripts, and inside of emoji. */
const JOINING = new RegExp(
  [
    `(?<=[${JOINING_SCRIPTS.map((script) => `\\p{Script=${script}}`).join("")}])[\\u200C\\u200D](?=[\\p{L}\\p{M}])`,
    "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})",
    "(?<=\\u{1F3F4})[\\u{E0020}-\\u{E007E}]+\\u{E007F}",
  ].join("|"),
  "gu",
);

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Nearly every text there is; the patterns above take their time. */
const PLAIN = /^[ -~]*$/;

/** The characters in a text that cannot be printed, by their code points as `U+202E`, each once. */
export function unprintableIn(text: string): readonly string[] {
  if (PLAIN.test(text)) return [];
  const found = text.replaceAll(JOINING, "").match(UNPRINTABLE) ?? [];
  return [...new Set(found.map(codePointOf))];
}

/** The text on one line, with what cannot be printed as an escape: `\n`, `\u202E`; everything else stays. */
export function escapeUnprintable(text: string): string {
  if (text.search(UNPRINTABLE) === -1) return text;
  return spare(text, (character) => SHORT[character] ?? escapeOf(hexOf(character)));
}

/** The text on one line without what cannot be printed, as a name for a list; empty where nothing is left. */
export function withoutUnprintable(text: string): string {
  return spare(text.replaceAll(/[\p{Z}\t\n\v\f\r\u0085]+/gu, " "), () => "").trim();
}

/** Replaces what cannot be printed, joiners excepted. */
function spare(text: string, replace: (character: string) => string): string {
  let kept = "";
  let from = 0;
  for (const { index, 0: joiner } of text.matchAll(JOINING)) {
    kept += text.slice(from, index).replaceAll(UNPRINTABLE, replace) + joiner;
    from = index + joiner.length;
  }
  return kept + text.slice(from).replaceAll(UNPRINTABLE, replace);
}

/** A character by its code point, as `U+202E`. */
export function codePointOf(character: string): string {
  return `U+${hexOf(character)}`;
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

function escapeOf(hex: string): string {
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}

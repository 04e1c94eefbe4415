import assert from "node:assert/strict";
import { errorCatalogue, type TenantListIssue } from "@azurestack-csp/provider";
import type { ListText } from "./plainReading.ts";

/** The details of messages that repeat what stands in the file. */
const REPEATED = ["value", "key", "given"] as const;

/** Characters in which a text and its spelling in a file may differ: quotes, escapes, folded lines. */
const SPELLING = /[\s"'\\]/g;

/** What cannot be printed, as messages show it. */
const ESCAPE = /\\(?:[nrt]|u[0-9A-F]{4}|u\{[0-9A-F]+\})/;

/** A carriage return alone ends a line for some editors and formats only. */
const LINE_BREAKS = [/\r\n?|\n/, /\n/];

/** Asserts that an issue has a stable code, the whole text of its catalogue entry, and a place that shows its value. */
export function assertExplained({ code, message, ...place }: TenantListIssue, files: readonly ListText[]): void {
  const match = pattern(code).exec(message);
  assert.ok(match, `${code} says something else than its catalogue entry: ${message}`);
  const text = files.find(({ file }) => file === place.file)?.text.replace(/^\uFEFF/, "");
  assert.ok(text !== undefined, `there is no ${place.file}`);
  const rests = LINE_BREAKS.map((lineBreak) => textFrom(place, text.split(lineBreak))).filter(
    (rest) => rest !== undefined,
  );
  assert.ok(rests.length > 0, `line ${place.line}, column ${place.column} is not in the file: ${message}`);
  for (const name of REPEATED) {
    const value = spelledValue(match.groups?.[name]);
    const isThere = rests.some((rest) => rest.replaceAll(SPELLING, "").includes(value));
    assert.ok(isThere, `"${value}" is not behind line ${place.line}, column ${place.column}: ${message}`);
  }
}

/** Everything behind the place; absent where the text has no such place. */
function textFrom(place: Pick<TenantListIssue, "line" | "column">, lines: readonly string[]): string | undefined {
  const line = lines[place.line - 1];
  if (line === undefined || place.column < 1 || place.column > line.length + 1) return undefined;
  return [line.slice(place.column - 1), ...lines.slice(place.line)].join("\n");
}

/** The value without what may be spelled in another way; empty where it is described in words or written with escapes. */
function spelledValue(shown = ""): string {
  const value = shown.startsWith('"') ? shown.slice(1, -1) : shown;
  const isSpelledOut = /^[\x20-\x7e]*$/.test(value) && !ESCAPE.test(value) && !/^(a list|a map|empty|\d+)$/.test(value);
  return isSpelledOut ? value.replaceAll(SPELLING, "") : "";
}

function pattern(code: TenantListIssue["code"]): RegExp {
  const { fact, leadsTo, remedy } = errorCatalogue[code];
  const parts = `[${code}] ${fact} ${leadsTo} ${remedy}`.split(/\{(\w+)\}/);
  const seen = new Set<string>();
  const sources = parts.map((part, index) => (index % 2 === 0 ? literally(part) : placeholder(part, seen)));
  return new RegExp(`^${sources.join("")}$`, "s");
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A value that a template names twice is the same in both places. */
function placeholder(name: string, seen: Set<string>): string {
  if (seen.has(name)) return `\\k<${name}>`;
  seen.add(name);
  return `(?<${name}>.*?)`;
}

import { escapeUnprintable } from "../printable.ts";
import { type Details, definitionOf, type ErrorReference } from "./catalogue.ts";

/**
 * The whole text of an error: its code in brackets, the fact, what it leads to, what to do.
 *
 * Details may come from anywhere and go to terminals, so what cannot be printed in them is escaped, line breaks excepted.
 */
export function explain<Reference extends ErrorReference>(reference: Reference, details: Details<Reference>): string {
  const { code, fact, leadsTo, remedy } = definitionOf(reference);
  return `[${code}] ${fill(`${fact} ${leadsTo} ${remedy}`, details)}`;
}

function fill(template: string, details: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => escapeLines(details[name] ?? `{${name}}`));
}

function escapeLines(text: string): string {
  return text.split("\n").map(escapeUnprintable).join("\n");
}

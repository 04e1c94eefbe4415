import { escapeUnprintable } from "../printable.ts";
import { accessErrors } from "./accessErrors.ts";
import { commandErrors } from "./commandErrors.ts";
import { guardErrors } from "./guardErrors.ts";
import { inputErrors } from "./inputErrors.ts";
import { mappingErrors } from "./mappingErrors.ts";
import { planErrors } from "./planErrors.ts";
import { reconcileErrors } from "./reconcileErrors.ts";
import { registrationErrors } from "./registrationErrors.ts";
import { serviceErrors } from "./serviceErrors.ts";
import { tenantListErrors } from "./tenantListErrors.ts";

/** Where an error comes from, and so who can cure it. */
export type ErrorKind =
  | "input"
  | "usage"
  | "access"
  | "conflict"
  | "notFound"
  | "refused"
  | "throttled"
  | "service"
  | "install";

/** One entry of the catalogue; `{name}` in the texts is filled from the details of the error. */
export interface ErrorEntry {
  readonly kind: ErrorKind;
  /** What is the case, with the values that show it. */
  readonly fact: string;
  /** What follows from it, for billing or for the run. */
  readonly leadsTo: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Every error and issue of the product, by its stable code. `docs/errors.md` is generated from it. */
export const errorCatalogue = {
  ...inputErrors,
  ...mappingErrors,
  ...guardErrors,
  ...registrationErrors,
  ...accessErrors,
  ...serviceErrors,
  ...tenantListErrors,
  ...commandErrors,
  ...planErrors,
  ...reconcileErrors,
} as const satisfies Record<string, ErrorEntry>;

/** A stable code of the catalogue; once released, a code keeps its meaning for ever. */
export type ErrorCode = keyof typeof errorCatalogue;

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | Placeholder<Rest>
  : never;

type Entry<Code extends ErrorCode> = (typeof errorCatalogue)[Code];

/** The values that fill the placeholders of an entry's texts. */
export type Details<Code extends ErrorCode> = {
  readonly [Name in Placeholder<Entry<Code>["fact"] | Entry<Code>["leadsTo"] | Entry<Code>["remedy"]>]: string;
};

/**
 * The whole text of an error: its code in brackets, the fact, what it leads to, what to do.
 *
 * Details may come from anywhere and go to terminals, so what cannot be printed in them is escaped, line breaks excepted.
 */
export function explain<Code extends ErrorCode>(code: Code, details: Details<Code>): string {
  const { fact, leadsTo, remedy } = errorCatalogue[code];
  return `[${code}] ${fill(`${fact} ${leadsTo} ${remedy}`, details)}`;
}

function fill(template: string, details: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => escapeLines(details[name] ?? `{${name}}`));
}

function escapeLines(text: string): string {
  return text.split("\n").map(escapeUnprintable).join("\n");
}

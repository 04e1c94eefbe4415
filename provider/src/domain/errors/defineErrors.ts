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

/** What an error says; `{name}` in the texts is filled from the details of the error. */
export interface ErrorEntry {
  readonly kind: ErrorKind;
  /** What is the case, with the values that show it. */
  readonly fact: string;
  /** What follows from it, for billing or for the run. */
  readonly leadsTo: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** An entry together with its stable code; once released, a code keeps its meaning for ever. */
export interface ErrorDefinition<Code extends string = string> extends ErrorEntry {
  readonly code: Code;
}

/** Errors that belong together: of one package, and about one thing. */
export interface ErrorFamily<
  Errors extends Readonly<Record<string, ErrorDefinition>> = Readonly<Record<string, ErrorDefinition>>,
> {
  /** The heading in `docs/errors.md`. */
  readonly title: string;
  /** One sentence below the heading. */
  readonly about: string;
  /** The errors by their codes, in the order of the page. */
  readonly errors: Errors;
}

type Defined<Entries extends Readonly<Record<string, ErrorEntry>>> = {
  readonly [Code in keyof Entries & string]: Entries[Code] & ErrorDefinition<Code>;
};

/**
 * Defines a family of errors, in a module beside what throws them; each entry gets its code.
 *
 * ```ts
 * const { errors } = defineErrors({ title: "Usage errors", about: "…", errors: { CSP_USAGE_GAP: { kind: "service", … } } });
 * throw new ProviderError(errors.CSP_USAGE_GAP, { day });
 * ```
 */
export function defineErrors<const Entries extends Readonly<Record<string, ErrorEntry>>>(
  family: Pick<ErrorFamily, "title" | "about"> & { readonly errors: Entries },
): ErrorFamily<Defined<Entries>> {
  const errors = Object.fromEntries(Object.entries(family.errors).map(([code, entry]) => [code, { code, ...entry }]));
  return { ...family, errors: errors as Defined<Entries> };
}

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | Placeholder<Rest>
  : never;

type Texts<Entry> = Entry extends ErrorEntry ? Entry["fact" | "leadsTo" | "remedy"] : never;

/** The values that fill the placeholders of an entry's texts. */
export type DetailsOf<Entry> = { readonly [Name in Placeholder<Texts<Entry>>]: string };

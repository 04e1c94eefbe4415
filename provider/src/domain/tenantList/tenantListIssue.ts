import type { Details, ErrorCode, ErrorReference } from "../errors/catalogue.ts";
import type { ErrorDefinition } from "../errors/defineErrors.ts";
import { type GivenDetails, type Issue, issue } from "../issues.ts";
import { escapeUnprintable } from "../printable.ts";
import type { Place } from "./tenantList.ts";

/** One problem with a file that people write, a tenant list for one, and the place to correct. */
export interface FileIssue<Code extends string = string> extends Issue<Code>, Place {
  /** With an error there is nothing that can be used; a warning leaves it usable. */
  readonly severity: "error" | "warning";
}

/** One problem with a tenant list. */
export type TenantListIssue = FileIssue<ErrorCode>;

/** Errors that one slip can cause in every row; their texts count the places. */
type RepeatedCode = "CSP_LIST_UNKNOWN_KEY" | "CSP_LIST_REGISTRATION_UNDEFINED";

/** What is said, in files of another kind, in the place of what is said of a tenant list; with the same details. */
export type OtherWords = { readonly [Code in ErrorCode]?: ErrorDefinition };

/** Takes the problems found while files are read, the same one of the same place once. */
export interface IssueCollector {
  /** Makes an error of a catalogue entry, or of the definition of another family. */
  error<Reference extends ErrorReference>(place: Place, reference: Reference, details: GivenDetails<Reference>): void;
  /** Makes one error of all places where one slip shows, told apart by its code and key; the first place is named. */
  repeated<Code extends RepeatedCode>(
    place: Place,
    code: Code,
    key: string,
    details: () => Omit<Details<Code>, "more">,
  ): void;
  /** Makes a warning in the same way. */
  warning<Reference extends ErrorReference>(place: Place, reference: Reference, details: GivenDetails<Reference>): void;
  /** Takes what a validator found, if anything, as errors. */
  take(place: Place, ...problems: readonly (Issue<string> | undefined)[]): void;
}

/** A collector, and what it has taken. */
export interface CollectedIssues<Code extends string = ErrorCode> extends IssueCollector {
  /** What was found, by file in the order the files were read, line and column. */
  sorted(files: readonly string[]): readonly FileIssue<Code>[];
}

/** How many errors, and how many warnings, are kept: more than anybody reads of one slip that a whole file repeats. */
const MOST_ISSUES = 500;

/** An empty collector for a tenant list; it keeps the first 500 errors and as many warnings, and counts the others. */
export function createIssueCollector(): CollectedIssues {
  // What readers of a list report are entries of the catalogue.
  return createFileIssueCollector({}) as CollectedIssues;
}

/** The same for files of another kind, of which some things are said in other words. */
export function createFileIssueCollector(words: OtherWords): CollectedIssues<string> {
  const found = { error: new Map<string, FileIssue>(), warning: new Map<string, FileIssue>() };
  const wordsOf = (reference: ErrorReference) =>
    typeof reference === "string" ? (words[reference] ?? reference) : reference;
  const make = (path: string, reference: ErrorReference, details: object): Issue<string> =>
    issue(path, wordsOf(reference), details as GivenDetails<ErrorReference>);
  const omitted = { error: createOmission(make), warning: createOmission(make) };
  const slips = new Map<string, Slip>();

  function add(place: Place, severity: FileIssue["severity"], made: () => Issue<string>): void {
    const kept = found[severity];
    if (kept.size >= MOST_ISSUES) {
      omitted[severity].add(place);
      return;
    }
    const problem = made();
    const { file, line, column } = place;
    kept.set(JSON.stringify([file, line, column, problem.message]), { ...place, ...problem, severity });
  }

  return {
    error: (place, reference, details) => add(place, "error", () => make(place.path, reference, details)),
    warning: (place, reference, details) => add(place, "warning", () => make(place.path, reference, details)),
    repeated(place, code, key, details) {
      const id = JSON.stringify([code, key]);
      const slip = slips.get(id);
      if (slip) slip.places.add(formatPlace(place));
      else if (slips.size < MOST_ISSUES) {
        const told = (more: string) => make(place.path, code, { ...details(), more });
        slips.set(id, { first: place, places: new Set([formatPlace(place)]), told });
      } else omitted.error.add(place);
    },
    take(place, ...problems) {
      for (const problem of problems) if (problem) add(place, "error", () => problem);
    },
    sorted(files) {
      const order = new Map(files.map((file, index) => [file, index]));
      const rank = (issue: FileIssue) => order.get(issue.file) ?? files.length;
      const repeated = [...slips.values()].map(toIssue);
      const kept = [...repeated, ...found.error.values(), ...found.warning.values()].sort(
        (left, right) => rank(left) - rank(right) || left.line - right.line || left.column - right.column,
      );
      return [...kept, ...omitted.error.told("error"), ...omitted.warning.told("warning")];
    },
  };
}

/** One slip, and where it shows. */
interface Slip {
  readonly first: Place;
  readonly places: Set<string>;
  readonly told: (more: string) => Issue<string>;
}

function toIssue({ first, places, told }: Slip): FileIssue {
  const count = places.size - 1;
  const more = count === 0 ? "" : `, here and in ${count} more ${count === 1 ? "place" : "places"}`;
  return { ...first, ...told(more), severity: "error" };
}

/** Counts the problems that are not kept, and tells of them as one. */
function createOmission(make: (path: string, code: ErrorCode, details: object) => Issue<string>) {
  let first: Place | undefined;
  let count = 0;
  return {
    add(place: Place): void {
      first ??= place;
      count += 1;
    },
    told(severity: FileIssue["severity"]): readonly FileIssue[] {
      if (first === undefined) return [];
      const details = {
        count: String(count),
        kind: severity === "error" ? "errors" : "warnings",
        shown: String(MOST_ISSUES),
      };
      return [{ ...first, ...make(first.path, "CSP_LIST_MORE_ISSUES", details), severity }];
    },
  };
}

/** Where a person or an editor finds it: `file:line:column`. */
export function formatPlace({ file, line, column }: Place): string {
  return `${escapeUnprintable(file)}:${line}:${column}`;
}

/** One line for a person or an editor: `file:line:column: message`; a warning says that it is one. */
export function formatTenantListIssue({ severity, message, ...place }: FileIssue): string {
  return `${formatPlace(place)}: ${severity === "warning" ? "warning: " : ""}${message}`;
}

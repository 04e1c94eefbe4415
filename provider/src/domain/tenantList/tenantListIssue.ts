import type { Details, ErrorCode } from "../errors/catalogue.ts";
import { type GivenDetails, type Issue, issue } from "../issues.ts";
import { escapeUnprintable } from "../printable.ts";
import type { Place } from "./tenantList.ts";

/** One problem with a tenant list, and the place to correct. */
export interface TenantListIssue extends Issue, Place {
  /** With an error there is no list; a warning leaves the list usable. */
  readonly severity: "error" | "warning";
}

/** Errors that one slip can cause in every row; their texts count the places. */
type RepeatedCode = "CSP_LIST_UNKNOWN_KEY" | "CSP_LIST_REGISTRATION_UNDEFINED";

/** Takes the problems found while a list is read, the same one of the same place once. */
export interface IssueCollector {
  /** Makes an error of a catalogue entry. */
  error<Code extends ErrorCode>(place: Place, code: Code, details: GivenDetails<Code>): void;
  /** Makes one error of all places where one slip shows, told apart by its code and key; the first place is named. */
  repeated<Code extends RepeatedCode>(
    place: Place,
    code: Code,
    key: string,
    details: () => Omit<Details<Code>, "more">,
  ): void;
  /** Makes a warning of a catalogue entry. */
  warning<Code extends ErrorCode>(place: Place, code: Code, details: GivenDetails<Code>): void;
  /** Takes what a validator found, if anything, as errors. */
  take(place: Place, ...problems: readonly (Issue | undefined)[]): void;
  /** What was found, by file in the order the files were read, line and column. */
  sorted(files: readonly string[]): readonly TenantListIssue[];
}

/** How many errors, and how many warnings, are kept: more than anybody reads of one slip that a whole file repeats. */
const MOST_ISSUES = 500;

/** An empty collector; it keeps the first 500 errors and as many warnings, and counts the others. */
export function createIssueCollector(): IssueCollector {
  const found = { error: new Map<string, TenantListIssue>(), warning: new Map<string, TenantListIssue>() };
  const omitted = { error: createOmission(), warning: createOmission() };
  const slips = new Map<string, Slip>();

  function add(place: Place, severity: TenantListIssue["severity"], make: () => Issue): void {
    const kept = found[severity];
    if (kept.size >= MOST_ISSUES) {
      omitted[severity].add(place);
      return;
    }
    const problem = make();
    const { file, line, column } = place;
    kept.set(JSON.stringify([file, line, column, problem.message]), { ...place, ...problem, severity });
  }

  return {
    error: (place, code, details) => add(place, "error", () => issue(place.path, code, details)),
    warning: (place, code, details) => add(place, "warning", () => issue(place.path, code, details)),
    repeated(place, code, key, details) {
      const id = JSON.stringify([code, key]);
      const slip = slips.get(id);
      if (slip) slip.places.add(formatPlace(place));
      else if (slips.size < MOST_ISSUES) {
        const told = (more: string) =>
          issue(place.path, code, { ...details(), more } as unknown as Details<typeof code>);
        slips.set(id, { first: place, places: new Set([formatPlace(place)]), told });
      } else omitted.error.add(place);
    },
    take(place, ...problems) {
      for (const problem of problems) if (problem) add(place, "error", () => problem);
    },
    sorted(files) {
      const order = new Map(files.map((file, index) => [file, index]));
      const rank = (issue: TenantListIssue) => order.get(issue.file) ?? files.length;
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
  readonly told: (more: string) => Issue;
}

function toIssue({ first, places, told }: Slip): TenantListIssue {
  const count = places.size - 1;
  const more = count === 0 ? "" : `, here and in ${count} more ${count === 1 ? "place" : "places"}`;
  return { ...first, ...told(more), severity: "error" };
}

/** Counts the problems that are not kept, and tells of them as one. */
function createOmission() {
  let first: Place | undefined;
  let count = 0;
  return {
    add(place: Place): void {
      first ??= place;
      count += 1;
    },
    told(severity: TenantListIssue["severity"]): readonly TenantListIssue[] {
      if (first === undefined) return [];
      const details = {
        count: String(count),
        kind: severity === "error" ? "errors" : "warnings",
        shown: String(MOST_ISSUES),
      };
      return [{ ...first, ...issue(first.path, "CSP_LIST_MORE_ISSUES", details), severity }];
    },
  };
}

/** Where a person or an editor finds it: `file:line:column`. */
export function formatPlace({ file, line, column }: Place): string {
  return `${escapeUnprintable(file)}:${line}:${column}`;
}

/** One line for a person or an editor: `file:line:column: message`; a warning says that it is one. */
export function formatTenantListIssue({ severity, message, ...place }: TenantListIssue): string {
  return `${formatPlace(place)}: ${severity === "warning" ? "warning: " : ""}${message}`;
}

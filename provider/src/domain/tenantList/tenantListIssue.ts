import type { Details, ErrorCode } from "../errors/catalogue.ts";
import { type Issue, issue } from "../issues.ts";
import { escapeUnprintable } from "../printable.ts";
import type { Place } from "./tenantList.ts";

/** One problem with a tenant list, and the place to correct. */
export interface TenantListIssue extends Issue, Place {
  /** With an error there is no list; a warning leaves the list usable. */
  readonly severity: "error" | "warning";
}

/** Takes the problems found while a list is read, the same one of the same place once. */
export interface IssueCollector {
  /** Makes an error of a catalogue entry. */
  error<Code extends ErrorCode>(place: Place, code: Code, details: Details<Code>): void;
  /** Makes a warning of a catalogue entry. */
  warning<Code extends ErrorCode>(place: Place, code: Code, details: Details<Code>): void;
  /** Takes what a validator found, if anything, as errors. */
  take(place: Place, ...problems: readonly (Issue | undefined)[]): void;
  /** What was found, by file in the order the files were read, line and column. */
  sorted(files: readonly string[]): readonly TenantListIssue[];
}

/** An empty collector. */
export function createIssueCollector(): IssueCollector {
  const found = new Map<string, TenantListIssue>();

  function add(place: Place, problem: Issue, severity: TenantListIssue["severity"]): void {
    const { file, line, column } = place;
    found.set(JSON.stringify([file, line, column, problem.message]), { ...place, ...problem, severity });
  }

  return {
    error: (place, code, details) => add(place, issue(place.path, code, details), "error"),
    warning: (place, code, details) => add(place, issue(place.path, code, details), "warning"),
    take(place, ...problems) {
      for (const problem of problems) if (problem) add(place, problem, "error");
    },
    sorted(files) {
      const order = new Map(files.map((file, index) => [file, index]));
      const rank = (issue: TenantListIssue) => order.get(issue.file) ?? files.length;
      return [...found.values()].sort(
        (left, right) => rank(left) - rank(right) || left.line - right.line || left.column - right.column,
      );
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

import type { Row } from "../../support/tenantStack.ts";
import { rowsBefore, rowsOfNext, rowsWanted } from "./lists.ts";
import type { Action, Situation } from "./situation.ts";

/** What a run is given, and the run itself. */
interface Run {
  readonly action: Action;
  readonly rows: readonly Row[];
}

/** From where to where a situation leads. */
export interface Course {
  /** Whether the rows before are registered by the stack; else somebody else has registered them. */
  readonly isManaged: boolean;
  readonly before: readonly Row[];
  /** The run that is killed. */
  readonly killed: Run;
  /** What a user runs next. */
  readonly next: Run;
  /** What that has to bring about. */
  readonly wanted: readonly Row[];
}

/** The course of a situation; who thinks better of a `destroy` runs `up`. */
export function courseOf({ action, change, next }: Pick<Situation, "action" | "change" | "next">): Course {
  const rows = rowsOfNext(change, next);
  if (action === "destroy") {
    const killed: Run = { action, rows: rowsBefore };
    if (next === "kept") return { isManaged: true, before: rowsBefore, killed, next: killed, wanted: [] };
    return { isManaged: true, before: rowsBefore, killed, next: { action: "up", rows }, wanted: rows };
  }
  const killed: Run = { action, rows: rowsWanted[change] };
  return { isManaged: action !== "adopt", before: rowsBefore, killed, next: { action, rows }, wanted: rows };
}

import type { Plan } from "@azurestack-csp/provider";
import type { Verdict } from "./guardRun.ts";
import { hasChanges, knowsChanges } from "./planWording.ts";

/** What a plan was made from, beside the list. */
export interface PlanOrigin {
  /** The stack that it was compared with; absent where it was compared with Azure alone. */
  readonly stack: string | undefined;
  /** The stacks that were seen as one: this one, where it is there, and those of its registrations. */
  readonly stacks: readonly string[] | undefined;
  /** The files or patterns of the list. */
  readonly paths: readonly string[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The plan as `--json` prints it; `version` grows when a field changes its meaning or goes. */
export function planDocument(plan: Plan, { stack, stacks, paths, today }: PlanOrigin) {
  // What was not read may have changed; `false` would say that it has not.
  const changes = hasChanges(plan) || (knowsChanges(plan) ? false : null);
  return { version: 1, stack, stacks, paths, today, hasChanges: changes, ...plan };
}

/** What the guard says of a plan, as `--json` prints it. */
export function guardDocument({ losses, problems, unknown, override }: Verdict) {
  const { managed, removals, moves } = losses;
  const isOpen = problems.length === 0 && unknown.length > 0;
  return {
    // Limits that only the program knows may stop it.
    stops: isOpen ? null : problems.length > 0,
    managed,
    removals: removals.length,
    moves: moves.length,
    problems: problems.map(({ code, message }) => ({ code, message })),
    unknown,
    ...(override === "" ? {} : { override }),
  };
}

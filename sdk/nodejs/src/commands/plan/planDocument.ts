import type { Plan } from "@azurestack-csp/provider";
import { hasChanges } from "./changes.ts";

/** What a plan was made from, beside the list. */
export interface PlanOrigin {
  /** The stack that it was compared with; absent where it was compared with Azure alone. */
  readonly stack: string | undefined;
  /** The files or patterns of the list. */
  readonly paths: readonly string[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The plan as `--json` prints it; `version` grows when a field changes its meaning or goes. */
export function planDocument(plan: Plan, { stack, paths, today }: PlanOrigin) {
  return { version: 1, stack, paths, today, hasChanges: hasChanges(plan), ...plan };
}

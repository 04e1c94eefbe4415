import type { GuardOptions } from "../plan/guardLimits.ts";

/** What `reconcile` is asked. */
export interface ReconcileRequest {
  /** The paths or patterns of the list; none where the default is meant. */
  readonly files: readonly string[];
  /** The stack that is named; absent where the environment or the project names it. */
  readonly stack: string | undefined;
  readonly guard: GuardOptions;
  /** Whether a plan is applied without asking. */
  readonly yes: boolean;
  /** Whether each registration has a stack of its own. */
  readonly stackPerRegistration: boolean;
  /** The keys of the registrations that the run is limited to; none where it is not. */
  readonly registrations: readonly string[];
  /** Whether what stops one registration stops no other. */
  readonly keepGoing: boolean;
  /** Whether something live that is neither declared nor managed counts as a difference. */
  readonly failOnExtras: boolean;
  /** Whether the report is one JSON document. */
  readonly json: boolean;
}

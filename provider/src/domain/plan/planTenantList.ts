import type { TenantList } from "../tenantList/tenantList.ts";
import type { Directories, RegistrationFacts } from "./liveFacts.ts";
import type { ManagedMapping } from "./managedMapping.ts";
import type { Plan } from "./plan.ts";

/** What a plan is made from. */
export interface PlanRequest {
  readonly list: TenantList;
  /** The registrations of the list and those that only the stack knows; one that is missing counts as not looked at. */
  readonly live: readonly RegistrationFacts[];
  /** What the stack manages; nothing by default. */
  readonly managed?: readonly ManagedMapping[];
  /** The directories of the customer subscriptions that were looked up; the others are not judged. */
  readonly directories?: Directories;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Compares what a list declares with what is live and what a stack manages; pure, and never throws. */
export function planTenantList(_request: PlanRequest): Plan {
  throw new Error("not built yet");
}

import type { Directories, RegistrationFacts } from "../domain/plan/liveFacts.ts";
import type { ManagedMapping } from "../domain/plan/managedMapping.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { TenantList } from "../domain/tenantList/tenantList.ts";
import type { ClientSource } from "./inspectRegistrations.ts";

/** What is looked at. */
export interface InspectionRequest {
  readonly list: TenantList;
  /** What the stack manages; nothing by default. */
  readonly managed?: readonly ManagedMapping[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /**
   * Whether locks and directories are looked up for everything, as an audit wants it, or only where something would be
   * removed, moved or written; the latter by default.
   */
  readonly everything?: boolean;
}

/** What was found, and what follows from it. */
export interface Inspection {
  readonly plan: Plan;
  readonly live: readonly RegistrationFacts[];
  readonly directories: Directories;
}

/** Looks at all registrations of a list and of a stack, and plans the list against them. */
export async function inspectTenantList(_clientOf: ClientSource, _request: InspectionRequest): Promise<Inspection> {
  throw new Error("not built yet");
}

import type { ErrorCode } from "../errors/catalogue.ts";
import { formatRegistrationId } from "../ids.ts";
import type { Tenant, TenantList } from "../tenantList/tenantList.ts";
import { findMismatches, groupMismatches } from "./directoryMismatches.ts";
import { type Directories, isReadable, type RegistrationFacts } from "./liveFacts.ts";
import type { ManagedMapping } from "./managedMapping.ts";
import { CHANGE_KINDS, type DueRow, type Plan, type RegistrationPlan } from "./plan.ts";
import { type Changes, planChanges } from "./planChanges.ts";
import { planIssues, renewalIssue } from "./planIssues.ts";
import { type RegistrationView, viewRegistrations } from "./registrationView.ts";
import { findRenewals } from "./renewals.ts";
import { declaredDirectories, wrongMappings } from "./wrongDirectories.ts";

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
  /**
   * Whether nobody knows what the stack manages: what may be its own move is then a warning instead of an error, and so
   * is what is live and not declared.
   *
   * @default false
   */
  readonly stackIsUnknown?: boolean;
}

/**
 * Compares what a list declares with what is live and what a stack manages; pure, and never throws.
 *
 * A registration that could not be read, or was not looked at, is compared with the state alone. What a run would
 * refuse is planned as if it were permitted, and is an error among the issues.
 */
export function planTenantList(request: PlanRequest): Plan<ErrorCode> {
  const { list, live, managed = [], directories = new Map(), today, stackIsUnknown = false } = request;
  const views = viewRegistrations({ list, live, managed });
  const planned = views.map((view) => ({ view, changes: planChanges(view, { stackIsUnknown }) }));
  const registrations = planned.map(({ view, changes }) => describe(view, changes, directories));
  const renewals = findRenewals(planned.map(({ view }) => view));
  const declared = planned.flatMap((each) => declaredDirectories({ ...each, directories }));
  const declarations = planned.flatMap(({ view }) => view.declarations);
  const mismatches = groupMismatches(declarations, findMismatches(declared));
  return {
    registrations,
    issues: [
      ...renewals.map(renewalIssue),
      ...planned.flatMap(({ view, changes }) =>
        planIssues({ view, changes, directories, mismatches, today, stackIsUnknown }),
      ),
    ],
    renewals,
    due: list.tenants.flatMap((tenant) => dueRow(tenant, today)),
    counts: countAll(registrations),
  };
}

function describe(view: RegistrationView, found: Changes, directories: Directories): RegistrationPlan {
  const { changes, extras, unchanged, unknown } = found;
  const wrong = wrongMappings({ view, changes: found, directories });
  const wrongNames = new Set(wrong.map(({ name }) => name));
  const { registration, key, access, facts, declarations, managed } = view;
  const readable = facts && isReadable(facts) ? facts : undefined;
  return {
    registration,
    registrationId: formatRegistrationId(registration),
    key,
    access,
    billingModel: readable?.billingModel,
    problem: facts && !isReadable(facts) ? facts.problem : undefined,
    changes,
    extras,
    unchanged: unchanged.filter(({ name }) => !wrongNames.has(name)).length,
    unknown,
    wrong,
    declared: declarations.length,
    managed: managed.length,
    live: readable?.mappings.length,
  };
}

function dueRow({ name, tenantId, state, retainUntil, mappings, place }: Tenant, today: string): readonly DueRow[] {
  if (state !== "suspended" || retainUntil === undefined || retainUntil >= today) return [];
  const registrationKeys = mappings.map((mapping) => mapping.registrationKey);
  return [{ tenantName: name, tenantId, retainUntil, registrationKeys, place }];
}

function countAll(registrations: readonly RegistrationPlan[]): Plan["counts"] {
  const counts = { ...NOTHING };
  for (const { changes, extras, unchanged, unknown, wrong } of registrations) {
    for (const { kind } of changes) counts[kind] += 1;
    counts.extras += extras.length;
    counts.unchanged += unchanged;
    counts.unknown += unknown;
    counts.wrong += wrong.length;
  }
  return counts;
}

const NOTHING: Readonly<Record<keyof Plan["counts"], number>> = {
  ...(Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<(typeof CHANGE_KINDS)[number], number>),
  extras: 0,
  unchanged: 0,
  unknown: 0,
  wrong: 0,
};

import type { ErrorCode, Plan, PlannedChange, RegistrationPlan, TenantList } from "@azurestack-csp/provider";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import type { Inspected } from "../plan/inspect.ts";
import { registrationNameOf } from "../plan/planWording.ts";
import { duplicateFindings } from "./duplicates.ts";
import { fanOutFindings } from "./fanOut.ts";
import { FINDING_KINDS, type Finding } from "./finding.ts";
import { hubFindings } from "./hubFindings.ts";
import { lockFindings } from "./lockFindings.ts";
import type { HubFacts } from "./lookAtHubs.ts";
import { sharedFindings } from "./sharedFindings.ts";
import { unregisteredFindings } from "./unregisteredFindings.ts";

/** What is looked through. */
export interface FindingsRequest {
  readonly inspection: Pick<Inspected, "plan" | "live" | "state" | "shared" | "unread">;
  readonly list: TenantList;
  /** Keys of registrations whose Hubs serve the same customers, group by group. */
  readonly groups: readonly (readonly string[])[];
  /** What the Hubs said that were asked. */
  readonly hubs: readonly HubFacts[];
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
}

/** Everything that is not as declared, or not as it should be; in the order of {@link FINDING_KINDS}. */
export function findAll({ inspection, list, groups, hubs, today }: FindingsRequest): readonly Finding[] {
  const { plan, live, state, shared, unread } = inspection;
  // What is not managed can be told only where a stack was read.
  const hasStack = state !== undefined;
  const found = [
    ...plan.registrations.flatMap((registration) => registrationFindings(registration, { hasStack })),
    ...issueFindings(plan),
    ...hubFindings({ registrations: plan.registrations, live, hubs, today }),
    ...unregisteredFindings({ registrations: plan.registrations, live, hubs, list }),
    ...dueFindings(plan),
    ...(state ? sharedFindings({ ...state, registrations: plan.registrations, shared, unread }) : []),
    ...lockFindings({ registrations: plan.registrations, live, list }),
    ...duplicateFindings(plan.registrations, live),
    ...fanOutFindings({ registrations: plan.registrations, live, groups }),
  ];
  const rank = new Map(FINDING_KINDS.map((kind, index) => [kind, index]));
  const names = new Map(list.tenants.map(({ tenantId, name }) => [tenantId.toLowerCase(), name]));
  return found
    .sort((left, right) => (rank.get(left.kind) ?? 0) - (rank.get(right.kind) ?? 0))
    .map((finding) => ({
      ...finding,
      tenantName: finding.tenantName ?? names.get(finding.tenantId?.toLowerCase() ?? ""),
    }));
}

function registrationFindings(registration: RegistrationPlan, { hasStack }: { hasStack: boolean }): readonly Finding[] {
  if (registration.problem) return [];
  const name = registrationNameOf(registration);
  const changes = registration.changes.flatMap((change): readonly Finding[] => {
    const told = tell(change, hasStack);
    const { tenantName, tenantId, customerSubscriptionId } = change;
    return told ? [{ ...told, registration: name, tenantName, tenantId, customerSubscriptionId }] : [];
  });
  const extras = registration.extras.map(
    (extra): Finding => ({
      kind: "extra",
      severity: "finding",
      registration: name,
      ...extra,
      message: "live, and nobody declared it",
    }),
  );
  return [...changes, ...extras];
}

function tell(change: PlannedChange, hasStack: boolean): Pick<Finding, "kind" | "severity" | "message"> | undefined {
  const { kind, isLive, liveTenantId, fromSubscriptions, fromTenantId } = change;
  if (kind === "onboard" && isLive) {
    const message = "registered for a tenant that Azure does not tell, and not in the stack";
    return hasStack ? { kind: "unmanaged", severity: "note", message } : undefined;
  }
  if (kind === "onboard") return { kind: "missing", severity: "finding", message: "declared, and not registered" };
  if (kind === "drift") {
    const message = isLive ? `registered for tenant ${liveTenantId ?? "unknown"}` : "no longer registered";
    return { kind: isLive ? "drift" : "missing", severity: "finding", message };
  }
  if (kind === "move") {
    return { kind: "drift", severity: "finding", message: `registered with ${fromSubscriptions.join(" and ")}` };
  }
  if (kind === "changeTenant") {
    return { kind: "drift", severity: "finding", message: `registered for tenant ${fromTenantId}` };
  }
  if (kind === "offboard" && isLive) {
    return { kind: "undeclared", severity: "finding", message: "registered, and no longer declared" };
  }
  if (kind === "offboard") return { kind: "undeclared", severity: "note", message: "in the state alone, and gone" };
  if (kind === "adopt" && hasStack) {
    return { kind: "unmanaged", severity: "note", message: "registered as declared, and not in the stack" };
  }
  return undefined;
}

/**
 * What is found among the locks, together with those that no change meets now, or among what another stack manages as
 * well.
 */
const FOUND_ELSEWHERE: ReadonlySet<string> = new Set([
  "CSP_LOCK_MET",
  "CSP_LOCKS_UNREADABLE",
  reconcileErrors.CSP_RECONCILE_MANAGED_TWICE.code,
]);

/** Warnings of a plan that an audit must not pass as right: what Azure does not tell, and what is wrong and in place. */
const FOUND: ReadonlySet<string> = new Set<ErrorCode>([
  "CSP_LIVE_TENANT_UNKNOWN",
  "CSP_DIRECTORY_MISMATCH",
  "CSP_WRITES_LEFT",
]);

function issueFindings({ registrations, issues }: Plan): readonly Finding[] {
  const names = new Map(registrations.map((each) => [each.registrationId, registrationNameOf(each)]));
  const others = issues.filter(({ code }) => !FOUND_ELSEWHERE.has(code));
  return others.map(({ severity, code, message, registrationId }) => ({
    kind: "check",
    severity: severity === "error" || FOUND.has(code) ? "finding" : "note",
    registration: names.get(registrationId) ?? registrationId,
    message,
  }));
}

function dueFindings({ due }: Plan): readonly Finding[] {
  return due.map(({ tenantName, tenantId, retainUntil, registrationKeys }) => ({
    kind: "due",
    severity: "note",
    registration: registrationKeys.join(", "),
    tenantName,
    tenantId,
    message: `suspended until ${retainUntil}; the row may be removed`,
  }));
}

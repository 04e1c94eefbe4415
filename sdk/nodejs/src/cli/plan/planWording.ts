import {
  type AccessChange,
  type ChangeKind,
  isUnread,
  type Plan,
  type PlannedChange,
  type RegistrationPlan,
} from "@azurestack-csp/provider";
import { count } from "../console/text.ts";

/** A change as a table shows it. */
export interface ChangeRow {
  readonly symbol: string;
  readonly label: string;
  readonly customer: string;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
  /** What it is taken away from, or what else is to be known; empty where nothing is. */
  readonly note: string;
}

interface Appearance {
  readonly symbol: string;
  readonly label: string;
  /** What follows a count of such changes, as in "3 to offboard". */
  readonly counted: string;
  /** Whether a mapping is taken away from somebody, or was by somebody else. */
  readonly isDangerous: boolean;
}

const appearances: Readonly<Record<ChangeKind, Appearance>> = {
  offboard: { symbol: "-", label: "offboard", counted: "to offboard", isDangerous: true },
  changeTenant: { symbol: "!", label: "change tenant", counted: "to change tenant", isDangerous: true },
  move: { symbol: "!", label: "move", counted: "to move", isDangerous: true },
  drift: { symbol: "~", label: "drift", counted: "to write again after drift", isDangerous: true },
  onboard: { symbol: "+", label: "onboard", counted: "to onboard", isDangerous: false },
  adopt: { symbol: "=", label: "adopt", counted: "to adopt", isDangerous: false },
  rename: { symbol: "=", label: "rename", counted: "to rename", isDangerous: false },
  access: { symbol: "=", label: "access", counted: "to change in access", isDangerous: false },
  retention: { symbol: "=", label: "retention", counted: "to change in retention", isDangerous: false },
};

/** Whether the change is one that a person should look at before it happens. */
export function isDangerous({ kind }: PlannedChange): boolean {
  return appearances[kind].isDangerous;
}

/** The name of a kind, as people read it. */
export function labelOf(kind: ChangeKind): string {
  return appearances[kind].label;
}

/** A count of changes of a kind, as in "3 to offboard"; `count` may be text, such as "3 more". */
export function countOf(kind: ChangeKind, count: string): string {
  return `${count} ${appearances[kind].counted}`;
}

/** A change as a row of a table. */
export function toRow(change: PlannedChange): ChangeRow {
  const { symbol, label } = appearances[change.kind];
  const { tenantName = "", tenantId = "unknown", customerSubscriptionId } = change;
  return { symbol, label, customer: tenantName, tenantId, customerSubscriptionId, note: noteOn(change) };
}

function noteOn(change: PlannedChange): string {
  const { kind, fromSubscriptions, fromTenantId, liveTenantId, isLive, retainUntil, accessChanges } = change;
  if (kind === "move") return `from ${fromSubscriptions.join(" and ")}`;
  if (kind === "changeTenant") return `from tenant ${fromTenantId}`;
  if (kind === "drift") return isLive ? `live is tenant ${liveTenantId ?? "unknown"}` : "not live";
  if (kind === "onboard" && isLive) return "live, and its tenant is not told";
  if (kind === "offboard" && !isLive) return "gone already";
  if (kind === "access") return accessChanges.map(accessNote).join(", ");
  if (kind === "offboard" && retainUntil) return `retained until ${retainUntil}`;
  if (kind === "retention") return retentionNote(change);
  return "";
}

function retentionNote({ retainUntil, fromRetainUntil }: PlannedChange): string {
  const becomes = retainUntil ? `retained until ${retainUntil}` : "no longer retained";
  return fromRetainUntil ? `${becomes} (was ${fromRetainUntil})` : becomes;
}

function accessNote({ setting, from = "of the run", to = "of the run" }: AccessChange): string {
  return `${setting} ${from} → ${to}`;
}

/** How a registration is called: its key in the list, or its name where the list has none. */
export function registrationNameOf({ key, registration }: Pick<RegistrationPlan, "key" | "registration">): string {
  return key ?? registration.registrationName;
}

/** What a run would do, in one line; what was not read, or not told, is "not known". */
export function sumUp(plan: Plan): string {
  const { extras, unchanged, unknown: all, wrong, ...changes } = plan.counts;
  const others = plan.registrations.filter(isNotLookedAt);
  const unknown = others.reduce((rest, registration) => rest - registration.unknown, all);
  const parts = Object.entries(changes)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => countOf(kind as ChangeKind, String(count)));
  if (wrong > 0) parts.push(`${wrong} to correct in the list (a subscription of another directory)`);
  const nothing =
    unknown === 0 && unreadIn(plan).length === 0 ? "Nothing to do" : "Whether there is anything to do is not known";
  const planned = parts.length === 0 ? nothing : parts.join(", ");
  const unread = unreadIn(plan);
  const isAllUnread = unread.length > 0 && unread.length === plan.registrations.length;
  const rest = [
    `${unchanged} unchanged`,
    ...(unknown > 0 ? [`${unknown} not known`] : []),
    isAllUnread ? "extras not known" : `${extras} extra`,
  ];
  const left = unread.length > 0 ? ` Not read, and compared with the state alone: ${unread.join(", ")}.` : "";
  return `${planned}; ${rest.join(", ")}.${left}${notLookedAtText(others.map(registrationNameOf))}`;
}

/** Whether nobody has looked at the registration, so that nothing is known of it but what the stack has. */
export function isNotLookedAt({ problem, live }: RegistrationPlan): boolean {
  return problem === undefined && live === undefined;
}

/** What is said of registrations that a run was not about, after a sentence; nothing where there are none. */
export function notLookedAtText(names: readonly string[]): string {
  return names.length === 0 ? "" : ` ${count(names.length, "registration")} not looked at: ${names.join(", ")}.`;
}

/** The registrations of which nothing live is known, as people call them. */
export function unreadIn({ registrations }: Pick<Plan, "registrations">): readonly string[] {
  return registrations.filter(isUnread).map(registrationNameOf);
}

/** Whether the changes of the plan are all that there are. */
export function knowsChanges(plan: Pick<Plan, "registrations" | "counts">): boolean {
  return plan.counts.unknown === 0 && unreadIn(plan).length === 0;
}

/** Whether a run would change anything, be it in Azure or in the state. */
export function hasChanges({ registrations }: Pick<Plan, "registrations">): boolean {
  return registrations.some(({ changes }) => changes.length > 0);
}

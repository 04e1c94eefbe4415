import type { AccessChange, ChangeKind, Plan, PlannedChange, RegistrationPlan } from "@azurestack-csp/provider";

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
  /** Whether a mapping is taken away from somebody, or was by somebody else. */
  readonly isDangerous: boolean;
}

const appearances: Readonly<Record<ChangeKind, Appearance>> = {
  offboard: { symbol: "-", label: "offboard", isDangerous: true },
  changeTenant: { symbol: "!", label: "change tenant", isDangerous: true },
  move: { symbol: "!", label: "move", isDangerous: true },
  drift: { symbol: "~", label: "drift", isDangerous: true },
  onboard: { symbol: "+", label: "onboard", isDangerous: false },
  adopt: { symbol: "=", label: "adopt", isDangerous: false },
  rename: { symbol: "=", label: "rename", isDangerous: false },
  access: { symbol: "=", label: "access", isDangerous: false },
  retain: { symbol: "=", label: "retain", isDangerous: false },
};

/** Whether the change is one that a person should look at before it happens. */
export function isDangerous({ kind }: PlannedChange): boolean {
  return appearances[kind].isDangerous;
}

/** The name of a kind, as people read it. */
export function labelOf(kind: ChangeKind): string {
  return appearances[kind].label;
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
  if (kind === "offboard" && !isLive) return "gone already";
  if (kind === "access") return accessChanges.map(accessNote).join(", ");
  if (kind === "retain" || kind === "offboard") return retainUntil ? `retained until ${retainUntil}` : "";
  return "";
}

function accessNote({ setting, from = "of the run", to = "of the run" }: AccessChange): string {
  return `${setting} ${from} → ${to}`;
}

/** How a registration is called: its key in the list, or its name where the list has none. */
export function nameOf({ key, registration }: Pick<RegistrationPlan, "key" | "registration">): string {
  return key ?? registration.registrationName;
}

/** What a run would do, in one line. */
export function sumUp({ counts }: Plan): string {
  const { extras, unchanged, ...changes } = counts;
  const parts = Object.entries(changes)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} to ${labelOf(kind as ChangeKind)}`);
  const planned = parts.length === 0 ? "Nothing to do" : parts.join(", ");
  return `${planned}; ${unchanged} unchanged, ${extras} extra.`;
}

/** Whether a run would change anything, be it in Azure or in the state. */
export function hasChanges({ registrations }: Pick<Plan, "registrations">): boolean {
  return registrations.some(({ changes }) => changes.length > 0);
}

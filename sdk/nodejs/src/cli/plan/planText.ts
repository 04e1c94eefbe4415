import {
  CHANGE_KINDS,
  type ChangeKind,
  isUnread,
  type Plan,
  type PlannedChange,
  type RegistrationPlan,
} from "@azurestack-csp/provider";
import { renderTable } from "../console/table.ts";
import type { Colours, TextLayout } from "../console/terminal.ts";
import { wrap } from "../console/text.ts";
import { countOf, isDangerous, isNotLookedAt, registrationNameOf, sumUp, toRow } from "./planWording.ts";

/** Harmless changes of one kind, and extras, that are listed one by one before the rest is summed up. */
const LISTED = 20;

/** Dangerous changes of one kind that are listed; a person reads no more, and the guard lets through far fewer. */
const DANGEROUS_LISTED = 200;

/** From this width on, every id has a column of its own. */
const WIDE = 150;

/** What is said beside the plan itself. */
export interface PlanTextOptions {
  /** Why the guard would stop a run, a line each. */
  readonly stops?: readonly string[];
  /** What only a program's own guard will say, a sentence each. */
  readonly unknown?: readonly string[];
}

/**
 * The plan as a person reads it: what would stop a run, then registration by registration, those with dangerous changes
 * last and these at their end, above the question; what is too much to read is summed up.
 */
export function planText(plan: Plan, layout: TextLayout, { stops = [], unknown = [] }: PlanTextOptions = {}): string {
  const sections = plan.registrations.toSorted(byDanger).map((registration) => registrationText(registration, layout));
  return [
    stopsText(stops, layout),
    ...sections,
    dueText(plan),
    layout.colours.bold([sumUp(plan), ...unknown].join(" ")),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

/** What is asked about next has to be on the screen still; all others stay in the order of the list. */
function byDanger(left: RegistrationPlan, right: RegistrationPlan): number {
  return Number(left.changes.some(isDangerous)) - Number(right.changes.some(isDangerous));
}

/** The most dangerous kind last, each kind in the order of the list. */
function inReadingOrder(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.toSorted(
    (left, right) =>
      CHANGE_KINDS.indexOf(right.kind) - CHANGE_KINDS.indexOf(left.kind) ||
      (left.place?.file ?? "").localeCompare(right.place?.file ?? "", "en") ||
      (left.place?.line ?? 0) - (right.place?.line ?? 0) ||
      (left.place?.column ?? 0) - (right.place?.column ?? 0),
  );
}

function stopsText(stops: readonly string[], { width, colours }: TextLayout): string {
  if (stops.length === 0) return "";
  const title = colours.bold(colours.red("The guard would stop this run"));
  return [title, ...stops.map((line) => wrap(line, { width, indent: "  " }))].join("\n");
}

function registrationText(registration: RegistrationPlan, layout: TextLayout): string {
  const { bold, red } = layout.colours;
  const { changes, extras, problem } = registration;
  const shown = shorten(changes);
  return [
    `${bold(registrationNameOf(registration))}  ${headLine(registration)}`,
    problem
      ? `  ${red(isUnread(registration) ? "not readable, compared with the state alone" : "not there any more")}`
      : "",
    extras.length === 0 ? "" : extrasText(registration, layout),
    ...summedUp(changes, shown),
    shown.length === 0 ? "" : changesTable(inReadingOrder(shown), layout),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

function headLine(registration: RegistrationPlan): string {
  if (isNotLookedAt(registration)) return `${registration.managed} managed, not looked at`;
  return countsText(registration);
}

function countsText({ declared, managed, live, unchanged, unknown }: RegistrationPlan): string {
  const left = unknown > 0 ? `, ${unknown} not known` : "";
  return `${declared} declared, ${managed} managed, ${live ?? "unknown"} live, ${unchanged} unchanged${left}`;
}

/** The first changes of each kind, of dangerous ones far more. */
function shorten(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  const seen = new Map<ChangeKind, number>();
  return changes.filter((change) => {
    const number = (seen.get(change.kind) ?? 0) + 1;
    seen.set(change.kind, number);
    return number <= (isDangerous(change) ? DANGEROUS_LISTED : LISTED);
  });
}

function summedUp(all: readonly PlannedChange[], shown: readonly PlannedChange[]): readonly string[] {
  const kinds = new Set(all.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => {
    const count = (changes: readonly PlannedChange[]) => changes.filter((change) => change.kind === kind).length;
    const rest = count(all) - count(shown);
    return rest > 0 ? [`  … and ${countOf(kind, `${rest} more`)}; --json lists them all`] : [];
  });
}

function changesTable(changes: readonly PlannedChange[], { width, colours }: TextLayout): string {
  const rows = changes.map((change) => {
    const { symbol, label, customer, tenantId, customerSubscriptionId, note } = toRow(change);
    const kind = colourOf(change.kind, colours)(`${symbol} ${label}`);
    if (width >= WIDE) return [kind, customer, tenantId, customerSubscriptionId, note];
    return [kind, customer, [tenantId, `→ ${customerSubscriptionId}`, note].filter(Boolean).join("\n")];
  });
  const ids = width >= WIDE ? ["Tenant", "Customer subscription", "Note"] : ["Tenant → customer subscription"];
  return renderTable({ head: ["Change", "Customer", ...ids].map(colours.dim), rows }, { width, flexible: 1 });
}

/** Kinds that change the state alone. */
const HARMLESS: ReadonlySet<ChangeKind> = new Set(["adopt", "rename", "access", "retention"]);

function colourOf(kind: ChangeKind, colours: Colours): (text: string) => string {
  if (kind === "offboard") return colours.red;
  if (kind === "onboard") return colours.green;
  return HARMLESS.has(kind) ? colours.cyan : colours.yellow;
}

function extrasText({ extras }: RegistrationPlan, { width, colours }: TextLayout): string {
  const rows = extras
    .slice(0, LISTED)
    .map(({ tenantId = "unknown", customerSubscriptionId }) => [
      "? extra",
      width >= WIDE ? `${tenantId} → ${customerSubscriptionId}` : `${tenantId}\n→ ${customerSubscriptionId}`,
    ]);
  const rest = extras.length - rows.length;
  const head = ["Live, not declared, left alone", "Tenant → customer subscription"].map(colours.dim);
  const table = renderTable({ head, rows }, { width, flexible: 0 });
  return rest > 0 ? `${table}\n  … and ${rest} more extras; --json lists them all` : table;
}

function dueText({ due }: Plan): string {
  if (due.length === 0) return "";
  const rows = due.map(({ place, tenantName, retainUntil, registrationKeys }) => {
    return `  ${place.file}:${place.line}  ${tenantName} (${registrationKeys.join(", ")}), suspended until ${retainUntil}`;
  });
  return ["Due: the date has passed, the row may be removed", ...rows].join("\n");
}

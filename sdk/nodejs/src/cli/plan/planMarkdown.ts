import {
  CHANGE_KINDS,
  formatPlanIssue,
  isUnread,
  type Plan,
  type PlannedChange,
  type RegistrationPlan,
} from "@azurestack-csp/provider";
import { createMarkdownPage, escapeMarkdown, type MarkdownPage, type MarkdownRows } from "./markdownPage.ts";
import { countOf, isDangerous, labelOf, registrationNameOf, sumUp, toRow } from "./planWording.ts";

/** A pull request's comment holds 65,536 characters on GitHub; the rest is left to whoever posts it. */
const LARGEST = 60_000;

const HEAD = ["Change", "Registration", "Customer", "Tenant", "Customer subscription", "Note"];

interface PlacedChange {
  readonly registration: RegistrationPlan;
  readonly change: PlannedChange;
}

/** What is said beside the plan itself, and in how many characters. */
export interface PlanMarkdownOptions {
  readonly largest?: number;
  /** Why the guard would stop a run, a line each. */
  readonly stops?: readonly string[];
  /** What only a program's own guard will say, a sentence each. */
  readonly unknown?: readonly string[];
}

/**
 * The plan as a comment on a pull request, at most 60,000 characters long.
 *
 * What would stop a run and what takes a mapping away from somebody come first; what does not fit is counted.
 */
export function planMarkdown(plan: Plan, options: PlanMarkdownOptions = {}): string {
  const { largest = LARGEST, stops = [], unknown = [] } = options;
  const page = createMarkdownPage(largest);
  page.add(`### Tenant list\n\n**${escapeMarkdown([sumUp(plan), ...unknown].join(" "))}**`);
  const rows = stops.map((line) => `- ${escapeMarkdown(line)}`);
  if (rows.length > 0) page.addRows({ head: "#### The guard would stop this run\n", rows });
  addIssues(page, plan, "error");
  const all = plan.registrations.flatMap((registration) =>
    registration.changes.map((change) => ({ registration, change })),
  );
  const overview = overviewOf(plan);
  page.reserve(sizeOf(overview));
  addChanges(page, { title: "Look at these", changes: all.filter(({ change }) => isDangerous(change)) });
  page.reserve(0);
  page.addRows(overview);
  addIssues(page, plan, "warning");
  addDue(page, plan);
  addFolded(page, all);
  addExtras(page, plan);
  return page.text();
}

function addIssues(page: MarkdownPage, { issues }: Plan, severity: "error" | "warning"): void {
  const rows = issues
    .filter((issue) => issue.severity === severity)
    .map((issue) => `- ${escapeMarkdown(formatPlanIssue(issue))}`);
  if (rows.length === 0) return;
  page.addRows({ head: `#### ${severity === "error" ? "Errors: a run would stop" : "Warnings"}\n`, rows });
}

function addChanges(page: MarkdownPage, { title, changes }: { title: string; changes: readonly PlacedChange[] }): void {
  if (changes.length === 0) return;
  page.addRows({ head: `#### ${title}\n\n${tableHead(HEAD)}`, rows: changes.map(tableRow) });
}

function overviewOf({ registrations, counts }: Plan): MarkdownRows {
  const hasUnknown = counts.unknown > 0;
  const kinds = CHANGE_KINDS.filter((kind) =>
    registrations.some(({ changes }) => changes.some((change) => change.kind === kind)),
  );
  const rows = registrations.map((registration) => {
    const { changes, extras, unchanged, unknown, problem } = registration;
    const planned = kinds.map((kind) => String(changes.filter((change) => change.kind === kind).length));
    const mark = isUnread(registration) ? " (not readable)" : " (not there any more)";
    const name = `${registrationNameOf(registration)}${problem ? mark : ""}`;
    const extra = isUnread(registration) ? "not known" : String(extras.length);
    return row([name, ...planned, String(unchanged), ...(hasUnknown ? [String(unknown)] : []), extra]);
  });
  const titles = [...kinds.map(labelOf), "unchanged", ...(hasUnknown ? ["not known"] : []), "extra"];
  const head = tableHead(["Registration", ...titles]);
  return { head: `#### Registrations\n\n${head}`, rows };
}

function sizeOf({ head, rows }: MarkdownRows): number {
  return Math.min(
    rows.reduce((sum, each) => sum + each.length + 1, head.length),
    LARGEST / 2,
  );
}

function addDue(page: MarkdownPage, { due }: Plan): void {
  const rows = due.map(({ place, tenantName, retainUntil }) =>
    escapeMarkdown(`- ${tenantName}: suspended until ${retainUntil}, ${place.file}:${place.line}`),
  );
  if (rows.length > 0) page.addRows({ head: "#### Due: the date has passed, the row may be removed\n", rows });
}

/** What needs no look stands behind a fold, each kind by itself. */
function addFolded(page: MarkdownPage, all: readonly PlacedChange[]): void {
  for (const kind of CHANGE_KINDS) {
    const changes = all.filter(({ change }) => change.kind === kind && !isDangerous(change));
    if (changes.length === 0) continue;
    const summary = countOf(kind, String(changes.length));
    page.addRows({ fold: summary, head: tableHead(HEAD), rows: changes.map(tableRow) });
  }
}

function addExtras(page: MarkdownPage, { registrations }: Plan): void {
  const rows = registrations.flatMap((registration) =>
    registration.extras.map(({ tenantId = "unknown", customerSubscriptionId }) =>
      row([registrationNameOf(registration), tenantId, customerSubscriptionId]),
    ),
  );
  if (rows.length === 0) return;
  const head = tableHead(["Registration", "Tenant", "Customer subscription"]);
  page.addRows({ fold: `${rows.length} extra: live, not declared, left alone`, head, rows });
}

function tableRow({ registration, change }: PlacedChange): string {
  const { symbol, label, customer, tenantId, customerSubscriptionId, note } = toRow(change);
  return row([
    `${symbol} ${label}`,
    registrationNameOf(registration),
    customer,
    tenantId,
    customerSubscriptionId,
    note,
  ]);
}

function tableHead(titles: readonly string[]): string {
  return `${row(titles)}\n|${titles.map(() => "---|").join("")}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => escapeMarkdown(cell)).join(" | ")} |`;
}

import { renderTable } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";
import { wrap } from "../console/text.ts";
import { type AskedHub, askedText } from "./askedHubs.ts";
import { FINDING_KINDS, type Finding, type FindingKind } from "./finding.ts";

const TITLES: Readonly<Record<FindingKind, string>> = {
  check: "Registrations, billing models and directories",
  hub: "Hubs: what they say of their registrations themselves",
  drift: "Drift: live in another way than declared",
  missing: "Missing: billed to the registration's own subscription",
  unregistered: "Unregistered: served by the Hub and in no row for it; billed to the registration's own subscription",
  undeclared: "Undeclared: managed, and no longer in the list",
  shared: "Shared: managed by another stack as well, which would remove it with a row of its own list",
  duplicate: "Duplicates",
  fanOut: "Fan-out gaps: on one Hub of a group, not on another",
  extra: "Extras: live, and nobody declared them",
  unmanaged: "Unmanaged: declared and live, and not in the stack",
  lock: "Locks",
  due: "Due: the date has passed, the row may be removed",
};

/** Findings of one kind that are listed one by one before the rest is summed up. */
const LISTED = 200;

/** What an audit found, kind by kind, and the registrations that it could not read; what is too much to read is summed up. */
export function auditText(
  findings: readonly Finding[],
  { unread, hubs, ...layout }: TextLayout & { readonly unread: readonly string[]; readonly hubs: readonly AskedHub[] },
): string {
  const sections = FINDING_KINDS.flatMap((kind) => {
    const ofKind = findings.filter((finding) => finding.kind === kind);
    const rest = ofKind.length - LISTED;
    const left = rest > 0 ? `\n  … and ${rest} more; --json lists them all` : "";
    return ofKind.length === 0 ? [] : [`${section(kind, ofKind, layout)}${left}`];
  });
  const { width } = layout;
  const ends = [layout.colours.bold(sumUp(findings, unread)), ...askedText(hubs)];
  const end = ends.map((line) => wrap(line, { width, indent: "" })).join("\n");
  return [...sections, end].join("\n\n");
}

function section(kind: FindingKind, all: readonly Finding[], { width, colours }: TextLayout): string {
  const title = wrap(`${colours.bold(TITLES[kind])} (${all.length})`, { width, indent: "" });
  const findings = all.slice(0, LISTED);
  if (findings.every(({ tenantId, customerSubscriptionId }) => !tenantId && !customerSubscriptionId)) {
    // Not wrapped, for some name commands to be pasted.
    return [title, ...findings.map(({ registration, message }) => `  ${registration}: ${message}`)].join("\n");
  }
  const says = !SAID_BY_TITLE.has(kind);
  const isNamed = findings.some(({ tenantName }) => tenantName);
  const cells = findings.map(({ registration, tenantName = "", tenantId, customerSubscriptionId, message }) => ({
    who: [registration, ...(isNamed ? [tenantName] : [])],
    ids: [tenantId, customerSubscriptionId && `→ ${customerSubscriptionId}`].filter(Boolean).join("\n"),
    what: says ? [message] : [],
  }));
  const who = ["Registration", ...(isNamed ? ["Customer"] : [])];
  const ids = "Tenant → customer subscription";
  if (width >= WIDE) {
    const head = [...who, ids, ...(says ? ["What"] : [])].map(colours.dim);
    const rows = cells.map((each) => [...each.who, each.ids, ...each.what]);
    return [title, renderTable({ head, rows }, { width })].join("\n");
  }
  // In a narrow line what was found stands below the ids, and says the same.
  const rows = cells.map((each) => [each.who.filter(Boolean).join("\n"), [each.ids, ...each.what].join("\n")]);
  const head = [who.join(", ").replace(", C", ", c"), ids].map(colours.dim);
  return [title, renderTable({ head, rows }, { width })].join("\n");
}

/** Kinds of which every finding would say what stands in the title. */
const SAID_BY_TITLE: ReadonlySet<FindingKind> = new Set(["extra", "unmanaged"]);

/** From this width on, what was found has a column of its own. */
const WIDE = 120;

function sumUp(findings: readonly Finding[], unread: readonly string[]): string {
  const notes = findings.filter(({ severity }) => severity === "note").length;
  const found = findings.length - notes;
  const counted = `${found} ${found === 1 ? "finding" : "findings"}`;
  const all = found === 0 && unread.length === 0 ? "Everything is live as declared" : counted;
  const left = unread.length > 0 ? ` Not read, so that nothing is known of it: ${unread.join(", ")}.` : "";
  return `${all}; ${notes} ${notes === 1 ? "note" : "notes"}.${left}`;
}

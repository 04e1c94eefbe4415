import type { DayStatus, HubStatus, SetAside } from "@azurestack-csp/usage";
import { renderTable } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";
import { count } from "../console/text.ts";
import { amount } from "./amount.ts";
import { daysText } from "./daysText.ts";

/** What is in the store of one Hub, and what is kept there without being counted. */
export interface ShownHub extends HubStatus {
  readonly setAside: readonly SetAside[];
  /** Days that were asked for, and that no sync has ever been to, or to a part of alone. */
  readonly notKnown: readonly string[];
}

/** So many rows that are set aside are shown; `--json` has all. */
const MOST_ASIDE = 10;

/** What is in the store, a table for each Hub. */
export function statusText(hubs: readonly ShownHub[], layout: TextLayout): string {
  if (hubs.length === 0) return "No Hub was synced into the store.";
  return hubs.map((hub) => hubText(hub, layout)).join("\n\n");
}

function hubText(hub: ShownHub, { width, colours }: TextLayout): string {
  const { keys, cloudId, granularity, lastSynced, bySubscriber, days, setAside, notKnown } = hub;
  const how = bySubscriber ? `${granularity}, by subscriber` : granularity;
  const title = `${colours.bold(keys[0] ?? cloudId)}  ${cloudId}, ${how}, last synced ${lastSynced}`;
  const rows = days.map((day) => [
    day.day,
    stateText(day, colours),
    amount(day.rows),
    day.setAside === 0 ? "" : amount(day.setAside),
    day.missing === 0 ? "" : `${amount(day.missing)} of ${day.windows}`,
    day.changedAt ?? "",
  ]);
  const head = ["DAY", "STATE", "ROWS", "SET ASIDE", "MISSING", "LAST CHANGE"];
  const table = days.length === 0 ? "  No day is within what was asked for." : renderTable({ head, rows }, { width });
  const total = days.reduce((sum, day) => sum + day.rows, 0);
  return [
    title,
    table,
    `  ${amount(total)} rows of ${count(days.length, "day")}`,
    ...(notKnown.length === 0
      ? []
      : [colours.red(`  not known: ${daysText(notKnown)}; no sync has asked for all of it`)]),
    ...asideLines(setAside),
  ].join("\n");
}

function stateText({ state, reopenedAt }: DayStatus, colours: TextLayout["colours"]): string {
  if (state === "missing") return colours.red(state);
  if (state === "closed") return colours.green(state);
  return state === "open" && reopenedAt !== null ? colours.yellow("reopened") : state;
}

function asideLines(rows: readonly SetAside[]): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_ASIDE).map(({ code, day, start, end, quantity, kept, row }) => {
    const instead = kept === null ? "" : `, counted ${kept}`;
    const whose = `meter ${row.meter_id}, subscription ${row.subscription_id}`;
    return `  [${code}] ${day}: ${quantity}${instead}; ${whose}; reported ${toHour(start)}..${toHour(end)}`;
  });
  const more = rows.length - shown.length;
  return [
    `  ${count(rows.length, "row")} set aside, in no sum; azurestack-csp explain CODE says why:`,
    ...shown,
    ...(more > 0 ? [`  and ${amount(more)} more, all of them with --json`] : []),
  ];
}

/** As `--again` takes it. */
function toHour(instant: string): string {
  return `${instant.slice(0, 13)}:00Z`;
}

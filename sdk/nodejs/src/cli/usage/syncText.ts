import type { HubOutcome } from "@azurestack-csp/usage";
import { renderTable } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";
import { amount } from "./amount.ts";
import { daysText } from "./daysText.ts";

const UNASKED = {
  notServed: "is no subscriber of this provider, so that none of its usage is counted.",
  gone: "can no longer be asked about, for it is gone from the Hub; usage of its last hours may be missing.",
} as const;

/** What a sync has done, a row for each Hub, and which days are other than they were. */
export function syncText(outcomes: readonly HubOutcome[], { width, colours }: TextLayout): string {
  const rows = outcomes.map(({ key, windows, pages, rows, setAside, missing, problems }) => [
    key,
    amount(windows),
    amount(pages),
    amount(rows),
    setAside === 0 ? "0" : colours.yellow(amount(setAside)),
    missing === 0 ? "0" : colours.red(amount(missing)),
    problems.length > 0 ? colours.red("not all of it") : "done",
  ]);
  const head = ["HUB", "WINDOWS", "PAGES", "ROWS", "SET ASIDE", "MISSING", ""];
  const lines = outcomes.flatMap(({ key, closed, reopened, split, unasked, replaced }) => [
    ...(split ? [`${key}: ${splitText(split)}`] : []),
    ...(wasAsked(replaced)
      ? [`${key}: asked again, ${amount(replaced.after)} rows stand for ${amount(replaced.before)}.`]
      : []),
    ...unasked.map(({ subscriber, reason }) => `${key}: ${subscriber} ${UNASKED[reason]}`),
    ...(reopened.length > 0
      ? [
          `${key}: ${wasAsked(replaced) ? "other" : "late"} rows opened ${daysText(reopened)} again; what was billed of it is not all.`,
        ]
      : []),
    ...(closed.length > 0 ? [`${key}: ${daysText(closed)} closed.`] : []),
  ]);
  return [renderTable({ head, rows }, { width }), ...lines].join("\n");
}

function wasAsked({ before, after }: HubOutcome["replaced"]): boolean {
  return before > 0 || after > 0;
}

function splitText({ windows, from, to }: NonNullable<HubOutcome["split"]>): string {
  const range = `${from.slice(0, 16)}Z..${to.slice(0, 16)}Z`;
  return `its gateway gave up over all subscribers in ${amount(windows)} windows between ${range}, so each was asked about by itself. Whether a subscription had usage there that was deleted before any sync saw it cannot be known; once the Hub is less busy, --again ${range} asks for all.`;
}

import type { HubOutcome } from "@azurestack-csp/usage";
import { renderTable } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";
import { amount } from "./amount.ts";
import { daysText } from "./daysText.ts";

const SPLIT =
  "its gateway gives up over all subscribers, so each is asked for by itself from now on. Usage of a subscription that was deleted before any sync saw it cannot be asked for.";

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
  const lines = outcomes.flatMap(({ key, closed, reopened, wasSplit }) => [
    ...(wasSplit ? [`${key}: ${SPLIT}`] : []),
    ...(reopened.length > 0
      ? [`${key}: late rows opened ${daysText(reopened)} again; what was billed of it is not all.`]
      : []),
    ...(closed.length > 0 ? [`${key}: ${daysText(closed)} closed.`] : []),
  ]);
  return [renderTable({ head, rows }, { width }), ...lines].join("\n");
}

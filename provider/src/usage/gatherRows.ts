import { ProviderError } from "../domain/errors/providerError.ts";
import { isSameQuantity } from "../domain/usage/quantity.ts";
import type { ReportedWindow } from "../domain/usage/usageQuery.ts";
import type { UsageRow } from "../domain/usage/usageRow.ts";

/**
 * The rows of one window, in the Hub's order: an equal repeat, as pages that overlap have it, counts once.
 *
 * @param parts - the rows of the queries that make up the window.
 * @throws ProviderError `CSP_HUB_USAGE_CONFLICT` where a window gives one usage two quantities: nobody can tell which is right.
 */
export function gatherRows(window: ReportedWindow, parts: readonly (readonly UsageRow[])[]): readonly UsageRow[] {
  const found = new Map<string, UsageRow>();
  for (const row of parts.flat()) {
    const key = keyOf(row);
    const first = found.get(key);
    if (!first) found.set(key, row);
    else if (!isRepeat(first, row)) throw conflict(window, first, row);
  }
  return [...found.values()];
}

/** What tells usage of one window apart; names and ids of aggregates are not unique (recorded: four rows of one name). */
function keyOf({ subscriptionId, meterId, usageStart, resourceId }: UsageRow): string {
  return `${subscriptionId} ${meterId} ${usageStart} ${resourceId}`;
}

/** Whether it is the same row once more; a VM that was resized has two of one key, which are not. */
function isRepeat(first: UsageRow, row: UsageRow): boolean {
  const isAlike = (name: "usageEnd" | "tags" | "additionalInfo") => first[name] === row[name];
  return (
    isSameQuantity(first.quantity, row.quantity) && isAlike("usageEnd") && isAlike("tags") && isAlike("additionalInfo")
  );
}

function conflict({ start, end }: ReportedWindow, first: UsageRow, second: UsageRow): ProviderError {
  const { subscriptionId, meterId, usageStart, resourceId } = first;
  return new ProviderError("CSP_HUB_USAGE_CONFLICT", {
    start,
    end,
    subscriptionId,
    meterId,
    usageStart,
    resource: resourceId === "" ? "no resource" : resourceId,
    first: measured(first),
    second: measured(second),
  });
}

function measured({ quantity, usageEnd, additionalInfo }: UsageRow): string {
  return `${quantity} until ${usageEnd}${additionalInfo === undefined ? "" : ` (${additionalInfo})`}`;
}

import type { HubClient } from "../clients/hub/hubClient.ts";
import { hasCode, ProviderError } from "../domain/errors/providerError.ts";
import type { UsageQuery } from "../domain/usage/usageQuery.ts";
import type { UsageRow } from "../domain/usage/usageRow.ts";

/** How often a query is begun anew because the Hub forgot its own link to a further page. */
const MOST_RESTARTS = 3;

/** Pages of one query, for more rows than any day of a Hub has. */
const MOST_PAGES = 100_000;

/**
 * Reads all pages of one query; one whose link the Hub no longer takes is begun anew, and nothing of what it had is kept.
 *
 * @throws ProviderError what the client refuses, and `CSP_PAGING_BROKEN` where links lead in a circle.
 */
export async function readQuery(
  client: HubClient,
  query: UsageQuery,
  options: {
    readonly abortSignal: AbortSignal | undefined;
    /** Told of the rows of each page, those of a pass that is given up included. */
    readonly onPage: (rows: readonly UsageRow[]) => void;
  },
): Promise<readonly UsageRow[]> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await readOnce(client, query, options);
    } catch (error) {
      if (!hasCode(error, "CSP_HUB_PAGE_LOST") || restarts >= MOST_RESTARTS) throw error;
    }
  }
}

async function readOnce(
  client: HubClient,
  query: UsageQuery,
  { abortSignal, onPage }: Parameters<typeof readQuery>[2],
): Promise<readonly UsageRow[]> {
  const rows: UsageRow[] = [];
  const links = new Set<string>();
  let link: string | undefined;
  do {
    abortSignal?.throwIfAborted();
    const page = await client.usagePage(query, link);
    onPage(page.rows);
    for (const row of page.rows) rows.push(row);
    link = page.nextLink;
    if (link !== undefined && (links.has(link) || links.size >= MOST_PAGES)) throw circle(query);
    if (link !== undefined) links.add(link);
  } while (link !== undefined);
  return rows;
}

function circle({ window: { start, end } }: UsageQuery): ProviderError {
  const details = { request: `of usage from ${start} to ${end}`, reason: "its nextLink leads in a circle" };
  return new ProviderError("CSP_PAGING_BROKEN", details);
}

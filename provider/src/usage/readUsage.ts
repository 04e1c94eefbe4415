import pMap from "p-map";
import type { HubClient } from "../clients/hub/hubClient.ts";
import { hasCode } from "../domain/errors/providerError.ts";
import { judgeUsageRequest, type UsageRequest } from "../domain/usage/askedUsage.ts";
import type { ReportedWindow, UsageQuery } from "../domain/usage/usageQuery.ts";
import type { UsageRow } from "../domain/usage/usageRow.ts";
import { gatherRows } from "./gatherRows.ts";
import { readQuery } from "./readQuery.ts";

/** A row of usage, and the window of reported time that it is a part of. */
export interface ReportedUsageRow extends UsageRow {
  /** The beginning of the window that was asked for, in UTC: `2026-10-01T00:00:00Z`; inside. */
  readonly reportedStart: string;
  /** Its end, not inside. */
  readonly reportedEnd: string;
}

/** How usage is read, besides what is asked for. */
export interface UsageReading {
  readonly client: HubClient;
  /**
   * Local subscriptions that may have usage although the Hub no longer lists them, since they were deleted; they matter
   * where its gateway makes it necessary to ask one subscription at a time.
   */
  readonly knownSubscribers?: readonly string[];
  /** Told what whoever uses the rows has to know. */
  readonly say: (message: string) => void;
  /** Ends the reading between two requests; the client's own signal ends one under way. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** How many subscribers are asked about at once. */
const AT_ONCE = 4;

/**
 * Reads usage from a Hub, window by window, each within one day of reported time; a window's rows come all or not at all.
 *
 * Where the Hub's gateway gives up over all subscribers, they are asked about one by one, in that window and from then on:
 * those that the Hub lists, those that were seen in usage, and those that are named as known. No other windows are cut for
 * it, since a Hub sums what was reported within the asked one.
 *
 * @throws ProviderError `CSP_HUB_QUERY`, `CSP_HUB_USAGE_CONFLICT`, and what the Hub refuses; windows that came before are whole.
 */
export async function* readUsage(reading: UsageReading, request: UsageRequest): AsyncGenerator<ReportedUsageRow, void> {
  const { client, abortSignal, knownSubscribers = [] } = reading;
  const { windows, granularity, subscriberId } = judgeUsageRequest(request);
  const seen = new Set(knownSubscribers.map((id) => id.toLowerCase()));
  const named = new Set(seen);
  let asksEach = client.kind === "user";

  async function readWindow(window: ReportedWindow): Promise<readonly UsageRow[]> {
    const query = { window, granularity };
    if (subscriberId !== undefined) return gatherRows(window, [await ask({ ...query, subscriberId })]);
    if (!asksEach) {
      try {
        return gatherRows(window, [await ask(query)]);
      } catch (error) {
        if (!hasCode(error, "CSP_HUB_GATEWAY_TIMEOUT")) throw error;
        reading.say(splitNotice(window));
        asksEach = true;
      }
    }
    // Listed anew for each window: a subscription may have been made since the last one was read.
    const subscribers = await listSubscribers(reading, seen);
    const parts = await pMap(subscribers, (each) => askOne({ ...query, subscriberId: each }), { concurrency: AT_ONCE });
    return gatherRows(window, parts);
  }

  async function ask(query: UsageQuery): Promise<readonly UsageRow[]> {
    return await readQuery(client, query, { abortSignal, onPage: noteSubscribers });
  }

  async function askOne(query: UsageQuery & { readonly subscriberId: string }): Promise<readonly UsageRow[]> {
    try {
      return await ask(query);
    } catch (error) {
      // Usage of whom the provider does not serve directly is not among that of all subscribers either.
      if (!hasCode(error, "CSP_HUB_NOT_A_SUBSCRIBER")) throw error;
      if (named.delete(query.subscriberId)) reading.say(`${query.subscriberId} is no subscriber of this provider.`);
      return [];
    }
  }

  function noteSubscribers(rows: readonly UsageRow[]): void {
    for (const row of rows) seen.add(row.subscriptionId);
  }

  for (const window of windows) {
    abortSignal?.throwIfAborted();
    const rows = await readWindow(window);
    const reported = { reportedStart: window.start, reportedEnd: window.end };
    for (const row of rows) yield { ...row, ...reported };
  }
}

/** All whose usage may be there, in lower case, once each. */
async function listSubscribers({ client }: UsageReading, seen: ReadonlySet<string>): Promise<readonly string[]> {
  const listed = await client.localSubscriptions();
  const own = client.kind === "user" ? undefined : (await client.describe()).subscriptionId;
  const ids = [...listed.map(({ subscriptionId }) => subscriptionId), ...(own === undefined ? [] : [own]), ...seen];
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

function splitNotice({ start, end }: ReportedWindow): string {
  return `The Hub's gateway gave up over the usage of all subscribers from ${start} to ${end}; from here on each is asked about by itself. Usage of a subscription that was deleted is read only where \`knownSubscribers\` names it or its usage was seen before.`;
}

import { detach, type Recall } from "./recall.ts";
import type { UsageRow } from "./usageRow.ts";

/** A JSON text without escapes. */
const PLAIN = String.raw`[^"\\\x00-\x1f]*`;
const ESCAPED = String.raw`[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;

const HEAD = '{"value":[';

/** A row as Hubs write it, byte by byte, and what follows it. */
const ROW = new RegExp(
  [
    `\\{"id":"${PLAIN}","name":"${PLAIN}","type":"${PLAIN}","properties":\\{`,
    `"subscriptionId":"(${PLAIN})","usageStartTime":"(${PLAIN})","usageEndTime":"(${PLAIN})",`,
    `"instanceData":"(${ESCAPED})","quantity":(${NUMBER}),"meterId":"(${PLAIN})"(?:,"name":"${PLAIN}")?`,
    "\\}\\}(?:,(?=\\{)|(?=\\]))",
  ].join(""),
  "y",
);

/** What a page that is written as expected has: its rows, and the members behind them as JSON text. */
export interface ScannedPage {
  readonly rows: readonly UsageRow[];
  /** `{…}` of the members behind `value`. */
  readonly rest: string;
}

/**
 * Reads the rows of a page without making objects of what nobody asks for, some ten times as fast as `JSON.parse` with the
 * source texts of numbers.
 *
 * @returns `undefined` where anything is written in another way, or cannot be read: then nothing is known of the page yet.
 */
export function scanUsagePage(body: string, recall: Recall): ScannedPage | undefined {
  if (!body.startsWith(HEAD)) return undefined;
  const rows: UsageRow[] = [];
  let position = HEAD.length;
  while (body[position] === "{") {
    ROW.lastIndex = position;
    const match = ROW.exec(body);
    if (!match) return undefined;
    const row = rowOf(match, recall);
    if (!row) return undefined;
    rows.push(row);
    position = ROW.lastIndex;
  }
  if (body[position] !== "]") return undefined;
  const behind = body.slice(position + 1);
  if (behind === "}") return { rows, rest: "{}" };
  return behind.startsWith(',"') ? { rows, rest: `{${behind.slice(1)}` } : undefined;
}

function rowOf(match: RegExpExecArray, recall: Recall): UsageRow | undefined {
  const [, subscriptionId = "", start = "", end = "", escaped = "", quantity = "", meterId = ""] = match;
  const usageStart = recall.time(start);
  const usageEnd = recall.time(end);
  const instanceData = recall.escapedInstanceData(escaped);
  if (usageStart === undefined || usageEnd === undefined || usageStart >= usageEnd || !instanceData) return undefined;
  if (subscriptionId === "" || meterId === "") return undefined;
  return {
    subscriptionId: recall.subscriptionId(subscriptionId),
    meterId: recall.meterId(meterId),
    usageStart,
    usageEnd,
    quantity: detach(quantity),
    resourceId: instanceData.resourceId,
    resourceUri: instanceData.resourceUri,
    location: instanceData.location,
    tags: instanceData.tags,
    additionalInfo: instanceData.additionalInfo,
  };
}

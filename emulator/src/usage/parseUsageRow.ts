import { isQuantity } from "./exactSum.ts";
import { hourOf } from "./hours.ts";
import { parseInstant } from "./instants.ts";
import type { RecordedRow } from "./recordedUsage.ts";

/** A line of a file of usage: a row, and the Hub that it is of. */
export interface UsageLine extends RecordedRow {
  /** @default the world's first Hub */
  readonly hub: string | undefined;
}

const HOUR_IN_MS = 3_600_000;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads a line: `properties` of a row as a Hub answers it hour by hour, `reportedTime` beside them, and `hub` where there
 * are several.
 *
 * @returns the row, or everything that is wrong with it.
 */
export function parseUsageRow(line: string): UsageLine | readonly string[] {
  const members = readMembers(line);
  if (typeof members === "string") return [members];
  const { hub, subscriptionId, meterId, instanceData, quantity, reportedTime, usageStartTime, usageEndTime } = members;
  const problems: string[] = [];
  const text = (name: string, value: unknown): string => {
    if (typeof value === "string" && value !== "") return value;
    problems.push(`"${name}" is missing, or no text`);
    return "";
  };
  const hour = (name: string, value: unknown, isFull: boolean): number => {
    const given = text(name, value);
    const time = parseInstant(given);
    const isWrong = time === undefined || (isFull && time.getTime() % HOUR_IN_MS !== 0);
    if (given !== "" && isWrong) problems.push(`"${name}" is ${isFull ? "no full hour" : "no time"}: ${given}`);
    return time === undefined ? 0 : hourOf(time);
  };
  const usageHour = hour("usageStartTime", usageStartTime, true);
  const row = {
    hub: hub === undefined ? undefined : text("hub", hub),
    subscriptionId: text("subscriptionId", subscriptionId),
    meterId: text("meterId", meterId),
    instanceData: text("instanceData", instanceData),
    quantity: text("quantity", quantity),
    usageHour,
    reportedHour: hour("reportedTime", reportedTime, false),
  };
  if (usageEndTime !== undefined && hour("usageEndTime", usageEndTime, true) !== usageHour + 1)
    problems.push(`"usageEndTime" is not an hour after "usageStartTime"`);
  if (row.subscriptionId !== "" && !GUID.test(row.subscriptionId))
    problems.push(`"subscriptionId" is no GUID: ${row.subscriptionId}`);
  if (row.quantity !== "" && !isQuantity(row.quantity)) problems.push(`"quantity" is no number: ${row.quantity}`);
  if (problems.length === 0 && row.reportedHour < row.usageHour)
    problems.push(`"reportedTime" lies before "usageStartTime"`);
  return problems.length > 0 ? problems : row;
}

/** The members of an object, numbers in their own digits; or why there are none. */
function readMembers(line: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = JSON.parse(line, keepDigits);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : "is no JSON object";
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A double would lose digits: a number stays the text that it was. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? String(value)) : value;
}

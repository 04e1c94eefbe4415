import { readInstanceData } from "./instanceData.ts";
import { normalizeMeterId } from "./meterId.ts";
import { isQuantity } from "./quantity.ts";
import type { UsageRow } from "./usageRow.ts";
import { readUsageTime } from "./usageTime.ts";

/** The members of a row's `properties` as the answer has them; the quantity as its text. */
export type UsageProperties = Readonly<Record<string, unknown>>;

/**
 * Reads one usage aggregate.
 *
 * @param report told of each member that cannot be read, by its name and its value.
 * @returns `undefined` where a member cannot be read.
 */
export function readUsageRow(
  properties: UsageProperties,
  report: (property: string, value: unknown) => void,
): UsageRow | undefined {
  const { subscriptionId, meterId, quantity } = properties;
  const usageStart = readUsageTime(properties.usageStartTime);
  const usageEnd = readUsageTime(properties.usageEndTime);
  const instanceData = readInstanceData(properties.instanceData);
  const isNamed = typeof subscriptionId === "string" && subscriptionId !== "";
  const isMetered = typeof meterId === "string" && meterId !== "";
  const isMeasured = typeof quantity === "string" && isQuantity(quantity);
  const isTimed = usageStart !== undefined && usageEnd !== undefined && usageStart < usageEnd;
  if (isNamed && isMetered && isMeasured && isTimed && instanceData) {
    return {
      subscriptionId: subscriptionId.toLowerCase(),
      meterId: normalizeMeterId(meterId),
      usageStart,
      usageEnd,
      quantity,
      ...instanceData,
    };
  }
  if (!isNamed) report("subscriptionId", subscriptionId);
  if (usageStart === undefined) report("usageStartTime", properties.usageStartTime);
  if (!isTimed && usageStart !== undefined) report("usageEndTime", properties.usageEndTime);
  if (!instanceData) report("instanceData", properties.instanceData);
  if (!isMeasured) report("quantity", quantity);
  if (!isMetered) report("meterId", meterId);
  return undefined;
}

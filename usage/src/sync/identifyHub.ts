import { ProviderError } from "@azurestack-csp/provider";
import { formatInstant } from "../domain/times.ts";
import { usageErrors } from "../errors.ts";
import { enterHub } from "../store/hubs.ts";
import type { StoredHub } from "../store/windows.ts";
import type { HubJob } from "./hubJob.ts";
import type { Asker, UsageSource } from "./usageSource.ts";

/**
 * Tells which Hub of the store it is, and as whom it is asked.
 *
 * @throws ProviderError `CSP_SYNC_CLOUD_ID`, `CSP_SYNC_HUB_TWICE`, `CSP_SYNC_HUB_CHANGED`, `CSP_SYNC_GRANULARITY`,
 *   `CSP_SYNC_ASKER_CHANGED`, `CSP_SYNC_AGAIN_UNKNOWN`, and whatever the Hub or Azure refuses
 */
export async function identifyHub(
  job: HubJob,
  source: UsageSource,
): Promise<{ readonly hub: StoredHub; readonly asker: Asker }> {
  const { workshop, request, met } = job;
  const { key } = source;
  const cloudId = (await source.cloudId()).toLowerCase();
  // It becomes the name of a folder, and engines take one of digits alone for a number.
  if (!/^(?!\d+$)[a-z\d][\w.-]{0,63}$/.test(cloudId)) {
    throw new ProviderError(usageErrors.CSP_SYNC_CLOUD_ID, { key, cloudId });
  }
  const other = met.get(cloudId);
  if (other !== undefined) throw new ProviderError(usageErrors.CSP_SYNC_HUB_TWICE, { key, other, hub: cloudId });
  met.set(cloudId, key);
  const { granularity, stretch, again, delayHours, lagHours } = request;
  const asker = await source.asker();
  const now = workshop.now();
  const [year = 0, month = 1] = now.split("-").map(Number);
  const hub = enterHub(workshop.list, {
    key,
    cloudId,
    granularity,
    from: stretch.from === undefined ? undefined : formatInstant(stretch.from),
    defaultFrom: formatInstant(Date.UTC(year, month - 2, 1)),
    delayHours,
    lagHours,
    asker,
    again: again && { from: formatInstant(again.from), to: formatInstant(again.to) },
    now,
  });
  return { hub, asker };
}

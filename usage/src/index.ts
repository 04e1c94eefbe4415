export { allMeters, findMeter, METER_SOURCES, type Meter } from "./domain/meters.ts";
export { readAgain, readStretch, type StretchTexts } from "./domain/stretches.ts";
export {
  type DayStatus,
  type HubStatus,
  openStore,
  type SetAside,
  type StoredNote,
  type UsageFilter,
  type UsageStore,
} from "./store/openStore.ts";
export type { SyncWatch } from "./sync/hubJob.ts";
export type { HubOutcome } from "./sync/hubOutcome.ts";
export { createHubSource, type HubSourceParts } from "./sync/hubSource.ts";
export { runSync, type SyncRequest } from "./sync/runSync.ts";
export type { Unasked } from "./sync/syncWindow.ts";
export type { Asker, Noted, PageAnswer, UsageSource } from "./sync/usageSource.ts";

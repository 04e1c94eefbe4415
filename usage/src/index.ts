export { allMeters, findMeter, METER_SOURCES, type Meter } from "./domain/meters.ts";
export { readAgain, readStretch, type StretchTexts } from "./domain/stretches.ts";
export {
  type DayStatus,
  type HubStatus,
  openStore,
  type SetAside,
  type StoredNote,
  type UsageStore,
} from "./store/openStore.ts";
export type { UsageFilter } from "./store/usageFilter.ts";
export { createHubSource, type HubSourceParts } from "./sync/hubSource.ts";
export { runSync, type SyncRequest } from "./sync/runSync.ts";
export type { HubOutcome, SyncWatch } from "./sync/syncHub.ts";
export type { Noted, PageAnswer, UsageSource } from "./sync/usageSource.ts";

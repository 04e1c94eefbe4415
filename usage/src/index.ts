export { allMeters, findMeter, METER_SOURCES, type Meter } from "./domain/meters.ts";
export type { Rate, RateCard, RateTier } from "./domain/rates/card.ts";
export { CURRENCIES, currencyPlaces } from "./domain/rates/currencies.ts";
export { type Decimal, formatDecimal } from "./domain/rates/decimal.ts";
export { createTariffFinder, type FindTariff } from "./domain/rates/findTariff.ts";
export { type ParsedRateCard, parseRateCard } from "./domain/rates/parseRateCard.ts";
export {
  type ChargeLine,
  compareQuantities,
  type DailyQuantity,
  type MonthOfMeter,
  type RatingRequest,
  rateUsage,
} from "./domain/rates/rateUsage.ts";
export type { Slot, Tariff } from "./domain/rates/tariff.ts";
export { type Amount, billedAmount, type Totals, totalsOf } from "./domain/rates/totals.ts";
export { readAgain, readStretch, requireBegun, type StretchTexts } from "./domain/stretches.ts";
export type { AskedHubs, DayStatus, HubStatus } from "./store/hubStatus.ts";
export type { Noted } from "./store/notes.ts";
export {
  openStore,
  type SetAside,
  type StoredNote,
  type UsageStore,
} from "./store/openStore.ts";
export type { UsageFilter } from "./store/usageFilter.ts";
export type { SyncWatch } from "./sync/hubJob.ts";
export type { HubOutcome } from "./sync/hubOutcome.ts";
export { createHubSource, type HubSourceParts } from "./sync/hubSource.ts";
export { runSync, type SyncRequest } from "./sync/runSync.ts";
export type { Unasked } from "./sync/syncWindow.ts";
export type { Asker, PageAnswer, UsageSource } from "./sync/usageSource.ts";

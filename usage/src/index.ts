export { METER_SOURCES, METERS, type Meter, type MeterSource, meterOf, toMeterId } from "./domain/meters.ts";
export type { Rate, RateCard, RateTier } from "./domain/rates/card.ts";
export { CURRENCIES, currencyPlaces } from "./domain/rates/currencies.ts";
export { createTariffFinder, type FindTariff } from "./domain/rates/findTariff.ts";
export { type ParsedRateCard, parseRateCard, type RateCardFile } from "./domain/rates/parseRateCard.ts";
export { rateErrors, rateFamily } from "./domain/rates/rateErrors.ts";
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

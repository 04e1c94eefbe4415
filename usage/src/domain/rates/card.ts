import type { Place } from "@azurestack-csp/provider";
import type { Decimal } from "./decimal.ts";
import type { Tariff } from "./tariff.ts";

/** A price for a part of the quantity that a tenant uses of a meter in a month. */
export interface RateTier {
  /** Where the part begins, in the meter's unit, counted behind the free quantity. */
  readonly from: Decimal;
  /** Where it ends, itself outside; absent in the last tier. */
  readonly to?: Decimal;
  /** For one unit of the meter, before any markup. */
  readonly price: Decimal;
  /** Where the price stands. */
  readonly place: Place;
}

/** One rate of a card, as it stands there. */
export interface Rate {
  /** As the store keeps it. */
  readonly meterId: string;
  /** As it is published, or as the card calls a meter that is not. */
  readonly meterName: string;
  /** What the price is for, as it is published; absent where nothing says so. */
  readonly unit?: string;
  /** The one tenant that it holds for, lowered; absent for all. */
  readonly tenantId?: string;
  /** The first day of usage, in UTC, as `YYYY-MM-DD`; absent where it holds for all days before `to`. */
  readonly from?: string;
  /** The first day of usage on which it holds no more; absent where it holds until further notice. */
  readonly to?: string;
  /** A single price is one tier; absent where a tenant keeps the price of all tenants. */
  readonly tiers?: readonly RateTier[];
  /** What a tenant has for nothing in every month of UTC, in the meter's unit. */
  readonly free?: Decimal;
  /** What is put on the price, in per cent; below 0 for a discount. */
  readonly markup?: Decimal;
  /** What Microsoft charges for one unit; `none` where it does not bill the meter, absent where that is not known. */
  readonly cost?: Decimal | "none";
  readonly place: Place;
}

/** A card that has been read and found consistent. */
export interface RateCard {
  readonly file: string;
  /** The code of ISO 4217. */
  readonly currency: string;
  /** The places that prices are rounded to after their markup; absent where they are exact, with up to 8 places. */
  readonly pricePlaces?: number;
  /** What is put on the prices of rates that say nothing else, in per cent. */
  readonly markup?: Decimal;
  /** In the order of the file. */
  readonly rates: readonly Rate[];
  /** What the rates come to, see {@link Tariff}. */
  readonly tariffs: readonly Tariff[];
}

/** A rate as messages name it. */
export function nameRate({ meterName, tenantId }: Pick<Rate, "meterName" | "tenantId">): string {
  return `The rate of ${meterName}${tenantId === undefined ? "" : ` for tenant ${tenantId}`}`;
}

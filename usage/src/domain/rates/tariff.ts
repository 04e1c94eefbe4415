import type { Decimal } from "./decimal.ts";

/** A stretch of the quantity that a tenant uses of a meter in a month, and what a unit of it costs. */
export interface Slot {
  /** 0 for the free quantity, then the tiers from 1. */
  readonly tier: number;
  readonly from: Decimal;
  /** Itself outside; absent in the last slot. */
  readonly to?: Decimal;
  /** After markup; 0 in the free quantity. */
  readonly unitPrice: Decimal;
}

/**
 * What a meter costs on some days: the slots of a month's quantity, free quantity first, without gaps.
 *
 * For a tenant with rates of its own, tariffs with its id stand for all days of the meter, so that each day has one.
 */
export interface Tariff {
  readonly meterId: string;
  /** Absent where it holds for all tenants that have none of their own for the meter. */
  readonly tenantId?: string;
  /** The first day of usage, `YYYY-MM-DD` in UTC; absent where there is none. */
  readonly from?: string;
  /** The first day on which it holds no more; absent where there is none. */
  readonly to?: string;
  readonly slots: readonly Slot[];
  /** What Microsoft charges for a unit; `none` where it does not bill the meter, absent where that is not known. */
  readonly cost?: Decimal | "none";
}

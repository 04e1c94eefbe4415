import type { IssueCollector } from "@azurestack-csp/provider";
import type { Rate, RateTier } from "./card.ts";
import { add, type Decimal, ZERO } from "./decimal.ts";
import { byFirstDay, common, type Period, remaining } from "./period.ts";
import type { Slot, Tariff } from "./tariff.ts";
import { unitPriceOf } from "./unitPrice.ts";

/** What the tariffs are made by. */
interface TariffsRequest {
  /** The markup of the card, in per cent, for rates that have none. */
  readonly markup: Decimal | undefined;
  readonly pricePlaces: number | undefined;
  readonly issues: IssueCollector;
}

/** A tariff, and the rate that it stands for. */
export interface MadeTariff {
  readonly tariff: Tariff;
  readonly rate: Rate;
}

/** What the rates come to, sorted by meter as the card has them, tenant and first day; prices that are too long are reported. */
export function tariffsOf(rates: readonly Rate[], request: TariffsRequest): readonly MadeTariff[] {
  return [...Map.groupBy(rates, ({ meterId }) => meterId).values()].flatMap((ofMeter) => {
    const byTenant = Map.groupBy(ofMeter.toSorted(byFirstDay), ({ tenantId }) => tenantId);
    const bases = byTenant.get(undefined) ?? [];
    const forAll = bases.map((rate) => ({ rate, tariff: makeTariff({ rate, base: rate, period: rate }, request) }));
    const own = [...byTenant].flatMap(([tenantId, same]) =>
      tenantId === undefined ? [] : timelineOf(same, forAll, request),
    );
    return [...forAll, ...own];
  });
}

/** All tariffs of a tenant with rates of its own: these, and on the other days what holds for all tenants. */
function timelineOf(
  own: readonly Rate[],
  forAll: readonly MadeTariff[],
  request: TariffsRequest,
): readonly MadeTariff[] {
  const bases = forAll.map(({ rate }) => rate);
  const ofOwn = own.flatMap((rate) => {
    const on = (base: Rate | undefined, period: Period | undefined) =>
      period ? [{ rate, tariff: makeTariff({ rate, base, period }, request) }] : [];
    const alone = rate.tiers ? remaining(rate, bases) : [];
    return [
      ...bases.flatMap((base) => on(base, common(rate, base))),
      ...alone.flatMap((period) => on(undefined, period)),
    ];
  });
  const { tenantId } = own[0] ?? {};
  const ofAll = forAll.flatMap(({ rate, tariff }) =>
    remaining(tariff, own).map((period) => ({
      rate,
      tariff: during({ ...tariff, ...(tenantId === undefined ? {} : { tenantId }) }, period),
    })),
  );
  return [...ofOwn, ...ofAll].toSorted((left, right) => byFirstDay(left.tariff, right.tariff));
}

/** A rate on days on which one base holds, from which it takes what it does not say itself. */
interface Stretch {
  readonly rate: Rate;
  readonly base: Rate | undefined;
  readonly period: Period;
}

function makeTariff({ rate, base, period }: Stretch, request: TariffsRequest): Tariff {
  const { meterId, tenantId } = rate;
  const { cost = rate.cost } = base ?? {};
  const tariff = {
    meterId,
    ...(tenantId === undefined ? {} : { tenantId }),
    slots: slotsOf({ rate, base, period }, request),
    ...(cost === undefined ? {} : { cost }),
  };
  return during(tariff, period);
}

function during(tariff: Tariff, { from, to }: Period): Tariff {
  const { from: _from, to: _to, ...rest } = tariff;
  return { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function slotsOf({ rate, base }: Stretch, request: TariffsRequest): readonly Slot[] {
  const free = rate.free ?? base?.free ?? ZERO;
  const tiers = rate.tiers ?? base?.tiers ?? [];
  const slots = tiers.map((tier, index): Slot => {
    const { from, to } = tier;
    const unitPrice = priceOf(tier, { rate, base }, request);
    return { tier: index + 1, from: add(free, from), ...(to ? { to: add(free, to) } : {}), unitPrice };
  });
  return free.units === 0n ? slots : [{ tier: 0, from: ZERO, to: free, unitPrice: ZERO }, ...slots];
}

/** The price of a tier after its markup; what is wrong with it is reported once, where it comes from. */
function priceOf(
  { price, place }: RateTier,
  { rate, base }: Pick<Stretch, "rate" | "base">,
  { markup: ofCard, pricePlaces, issues }: TariffsRequest,
): Decimal {
  const { meterName } = rate;
  const ofBase = base?.markup ?? ofCard;
  const at = rate.tiers ? place : rate.place;
  const { unitPrice, problem } = unitPriceOf(
    { price, markup: rate.markup ?? ofBase, meterName, place: at },
    pricePlaces,
  );
  // A tenant's rate without a price of its own shows whatever is wrong with that of all tenants once more.
  const isOwn =
    rate.tiers !== undefined || !unitPriceOf({ price, markup: ofBase, meterName, place }, pricePlaces).problem;
  if (isOwn) issues.take(at, problem);
  return unitPrice;
}

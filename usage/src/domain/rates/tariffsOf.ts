import type { Rate } from "./card.ts";
import { add, type Decimal, ZERO } from "./decimal.ts";
import { byFirstDay, common, type Period, remaining } from "./period.ts";
import type { Slot, Tariff } from "./tariff.ts";
import { type Pricing, unitPriceOf } from "./unitPrice.ts";

/** What the tariffs are made by. */
interface TariffsRequest extends Pricing {
  /** The markup of the card, in per cent, for rates that have none. */
  readonly markup: Decimal | undefined;
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
  const markup = rate.markup ?? base?.markup ?? request.markup;
  const tiers = rate.tiers ?? base?.tiers ?? [];
  const slots = tiers.map(({ from, to, price, place }, index): Slot => {
    const priced = { price, markup, meterName: rate.meterName, place: rate.tiers ? place : rate.place };
    return {
      tier: index + 1,
      from: add(free, from),
      ...(to ? { to: add(free, to) } : {}),
      unitPrice: unitPriceOf(priced, request),
    };
  });
  return free.units === 0n ? slots : [{ tier: 0, from: ZERO, to: free, unitPrice: ZERO }, ...slots];
}

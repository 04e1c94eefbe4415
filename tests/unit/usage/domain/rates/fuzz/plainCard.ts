import { allMeters } from "../../../../../../usage/src/domain/meters.ts";
import type { RateCard } from "../../../../../../usage/src/domain/rates/card.ts";
import { type Decimal, formatDecimal } from "../../../../../../usage/src/domain/rates/decimal.ts";
import { readCells, readYaml } from "../../../../provider/domain/tenantList/fuzz/plainReading.ts";

/** What a card says, as texts: numbers without zeros at their ends, ids lowered. */
export interface PlainCard {
  readonly currency: string;
  readonly pricePlaces: string;
  readonly markup: string;
  readonly rates: readonly PlainRate[];
}

interface PlainRate {
  readonly meterId: string;
  readonly tenantId: string;
  readonly from: string;
  readonly to: string;
  readonly free: string;
  readonly markup: string;
  readonly cost: string;
  /** `from to price` of each. */
  readonly tiers: readonly string[];
}

type Properties = Readonly<Record<string, unknown>>;

/** What the product made of a card. */
export function plainly({ currency, pricePlaces, markup, rates }: RateCard): PlainCard {
  return {
    currency,
    pricePlaces: pricePlaces === undefined ? "" : String(pricePlaces),
    markup: shown(markup),
    rates: rates.map(({ meterId, tenantId = "", from = "", to = "", free, cost, tiers = [], ...rate }) => ({
      meterId,
      tenantId,
      from,
      to,
      free: shown(free),
      markup: shown(rate.markup),
      cost: cost === "none" ? cost : shown(cost),
      tiers: tiers.map((tier) => `${shown(tier.from)} ${shown(tier.to)} ${shown(tier.price)}`),
    })),
  };
}

function shown(value: Decimal | undefined): string {
  return value ? formatDecimal(value) : "";
}

/**
 * What a card says, read in the plainest way that there is: no checks, no places, every value as it is spelled.
 *
 * For texts that the product accepts it has to be the same card; what it makes of others means nothing.
 */
export function readPlainCard(file: string, text: string): PlainCard {
  const root = file.endsWith(".csv") ? readCsv(text) : readYaml(text);
  const rates = listOf(root.rates).map(propertiesOf);
  return {
    currency: textOf(root.currency) || rates.map(({ currency }) => textOf(currency)).find((code) => code !== "") || "",
    pricePlaces: textOf(root.pricePlaces),
    markup: numberOf(root.markup),
    rates: rates.map(rateOf),
  };
}

function readCsv(text: string): Properties {
  const rows = readCells(text).map((cells) => Object.fromEntries(cells.filter(([, cell]) => cell !== "")));
  const rates = new Map<string, Record<string, unknown> & { tiers?: unknown[] }>();
  rows.forEach(({ tierFrom, tierTo, price, ...row }, index) => {
    if (tierFrom === undefined && tierTo === undefined) {
      rates.set(String(index), { ...row, price });
      return;
    }
    const { meter, unit, tenantId, from, to } = row;
    const key = JSON.stringify([meter, unit, tenantId, from, to].map((part) => textOf(part).toLowerCase()));
    const rate = rates.get(key) ?? { tiers: [] };
    rate.tiers?.push({ from: tierFrom, to: tierTo, price });
    rates.set(key, { ...row, ...rate });
  });
  const pricePlaces = rows.map((row) => textOf(row.pricePlaces)).find((places) => places !== "");
  return { pricePlaces, rates: [...rates.values()] };
}

function rateOf(rate: Properties): PlainRate {
  const tiers = listOf(rate.tiers).map(propertiesOf);
  const single = textOf(rate.price) === "" ? [] : [{ price: rate.price }];
  return {
    meterId: meterIdOf(textOf(rate.meter), textOf(rate.unit)),
    tenantId: textOf(rate.tenantId).toLowerCase(),
    from: textOf(rate.from),
    to: textOf(rate.to),
    free: numberOf(rate.free),
    markup: numberOf(rate.markup),
    cost: numberOf(rate.cost),
    tiers: (tiers.length > 0 ? tiers : single)
      .map(({ from, to, price }: Properties) => [numberOf(from) || "0", numberOf(to), numberOf(price)] as const)
      .toSorted(([left], [right]) => Number(left) - Number(right))
      .map((parts) => parts.join(" ")),
  };
}

function meterIdOf(meter: string, unit: string): string {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[-\s]/g, "");
  const named = allMeters.filter(
    (one) => one.name.toLowerCase() === meter.toLowerCase() && (one.unit === "" || bare(one.unit) === bare(unit)),
  );
  const found = named.find(({ deprecated }) => !deprecated) ?? named[0];
  return found?.id ?? bare(meter).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function numberOf(value: unknown): string {
  const text = textOf(value).replace(/\s*%$/, "");
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function propertiesOf(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}

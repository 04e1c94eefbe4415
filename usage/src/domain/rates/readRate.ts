import { dateProblem, type Fields, guidProblem, type Place, type SourceNode } from "@azurestack-csp/provider";
import type { Rate } from "./card.ts";
import { nameRate } from "./card.ts";
import { type CardReader, openMap } from "./cardReader.ts";
import type { Decimal } from "./decimal.ts";
import { rateErrors } from "./rateErrors.ts";
import { type RatedMeter, readMeter } from "./readMeter.ts";
import { readMarkup, readPrice, readQuantity } from "./readNumber.ts";
import { readTiers } from "./readTiers.ts";

/** The keys of a rate. */
export const RATE_KEYS = [
  "meter",
  "name",
  "unit",
  "tenantId",
  "from",
  "to",
  "price",
  "tiers",
  "free",
  "markup",
  "cost",
  "currency",
] as const;

/** A row of `rates` as far as it could be read. */
export interface ReadRate {
  readonly place: Place;
  /** Absent where the row has errors. */
  readonly rate?: Rate;
  /** Absent where it is not known which meter the row is of. */
  readonly meterId?: string;
  /** The `currency` of the row itself, if it has one. */
  readonly currency?: SourceNode;
}

/** Reads one row of `rates`. */
export function readRate(node: SourceNode, all: CardReader): ReadRate {
  const map = openMap(node, { known: RATE_KEYS, of: "a rate" }, all);
  if (!map) return { place: node.place };
  const { fields, card } = map;
  const meter = readMeter(fields, node.place, card);
  const currency = fields.get("currency");
  const found = {
    place: node.place,
    ...(meter ? { meterId: meter.meterId } : {}),
    ...(currency ? { currency } : {}),
  };
  const terms = readTerms(fields, card);
  const row: Row = { fields, place: node.place, meter };
  const isWhole = isPriced(row, card) && terms !== undefined;
  return meter && isWhole ? { ...found, rate: { ...meter, ...terms, place: node.place } } : found;
}

interface Row {
  readonly fields: Fields;
  readonly place: Place;
  readonly meter: RatedMeter | undefined;
}

/** Everything of a rate but its meter; `undefined` where one of the values cannot be read. */
function readTerms(fields: Fields, card: CardReader): Partial<Rate> | undefined {
  const { reader } = card;
  const values = {
    tenantId: reader.text(fields.get("tenantId"), guidProblem)?.toLowerCase(),
    ...readPeriod(fields, card),
    tiers: readTiers(fields, card),
    free: readQuantity(fields.get("free"), card),
    markup: readMarkup(fields.get("markup"), card),
    cost: readCost(fields.get("cost"), card),
  };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const isRead = (key: string) => given.some(([name]) => name === key);
  const needed = [...fields.keys()].map((key) => (key === "price" ? "tiers" : key)).filter((key) => key in values);
  return needed.every(isRead) && !isMisread(values.tenantId) ? Object.fromEntries(given) : undefined;
}

/** An id that is none has been reported, and has a text all the same. */
function isMisread(tenantId: string | undefined): boolean {
  return tenantId !== undefined && guidProblem("", tenantId) !== undefined;
}

function readPeriod(fields: Fields, card: CardReader): Pick<Rate, "from" | "to"> {
  const [from, to] = ["from", "to"].map((key) => readDay(fields.get(key), card));
  const node = fields.get("to");
  if (node && from !== undefined && to !== undefined && from >= to) {
    card.issues.error(node.place, rateErrors.CSP_RATES_PERIOD, { from, to });
    return {};
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readDay(node: SourceNode | undefined, { reader, issues }: CardReader): string | undefined {
  const text = reader.text(node);
  if (!node || text === undefined) return undefined;
  if (!dateProblem(node.place.path, text)) return text;
  issues.error(node.place, rateErrors.CSP_RATES_DATE, { property: node.place.path, value: text });
  return undefined;
}

function readCost(node: SourceNode | undefined, card: CardReader): Decimal | "none" | undefined {
  const text = node?.kind === "scalar" ? node.text?.trim() : undefined;
  if (text === "none") return "none";
  if (node === undefined || text?.toLowerCase() !== "none") return readPrice(node, card);
  const details = {
    property: node.place.path,
    value: text,
    hint: " (what Microsoft does not bill has the cost `none`)",
  };
  card.issues.error(node.place, rateErrors.CSP_RATES_NUMBER, details);
  return undefined;
}

/** What the row has to say of a price: all of it where it is for all tenants, anything where it is for one. */
function isPriced({ fields, place, meter }: Row, { reader, issues }: CardReader): boolean {
  const has = (...keys: readonly string[]) => keys.some((key) => fields.has(key));
  if (!fields.has("tenantId")) {
    if (has("price", "tiers")) return true;
    reader.missing(place, "price");
    return false;
  }
  const tenantId = reader.text(fields.get("tenantId"));
  const rate = meter
    ? nameRate({ meterName: meter.meterName, ...(tenantId === undefined ? {} : { tenantId }) })
    : "The rate";
  const cost = fields.get("cost");
  if (cost) issues.error(cost.place, rateErrors.CSP_RATES_TENANT_COST, { rate });
  const changes = has("price", "tiers", "free", "markup");
  if (!changes) issues.error(place, rateErrors.CSP_RATES_TENANT_EMPTY, { rate });
  return changes && !cost;
}

import {
  didYouMean,
  type Fields,
  nearWords,
  type Place,
  printableProblem,
  type ScalarNode,
} from "@azurestack-csp/provider";
import { allMeters, findMeter, type Meter } from "../meters.ts";
import type { CardReader } from "./cardReader.ts";
import { rateErrors } from "./rateErrors.ts";

/** The meter that a rate is of. */
export interface RatedMeter {
  readonly meterId: string;
  readonly meterName: string;
  readonly unit?: string;
}

/** A value of a rate, and where it stands. */
interface Given {
  readonly text: string;
  readonly place: Place;
}

const BYTE_HOURS = "Byte*hours";
const byLoweredName = Map.groupBy(allMeters, ({ name }) => name.toLowerCase());
const NAMES = [...new Set(allMeters.map(({ name }) => name))];

/**
 * The meter that `meter`, `name` and `unit` of a rate mean, or `undefined` with an issue.
 *
 * A published meter is found by its id or its name, several of one name by the unit, and the unit has to be the published
 * one. A meter that is not published takes an id and a `name`, which says that the id is no slip.
 */
export function readMeter(fields: Fields, rate: Place, card: CardReader): RatedMeter | undefined {
  const { reader } = card;
  if (!fields.has("meter")) reader.missing(rate, "meter");
  const meter = given(fields, "meter", card);
  const name = given(fields, "name", card);
  const unit = given(fields, "unit", card);
  if (!meter) return undefined;
  const meterId = toMeterId(meter.text);
  const published = meterId === undefined ? byName(meter, unit, card) : findMeter(meterId);
  if (meterId !== undefined && !published && name) return ownMeter({ meterId, name, unit }, rate, card);
  if (!published) {
    if (meterId !== undefined) refuseUnknown(meter, "id", card);
    return undefined;
  }
  const isRight = [isNamedRight(published, name, card), isMeasuredRight(published, { unit, rate }, card)];
  if (isRight.includes(false)) return undefined;
  if (published.unit === BYTE_HOURS) {
    const successor = allMeters.find((other) => other.name === published.name && !other.deprecated);
    const details = { meter: tell(published), successor: successor?.id ?? "" };
    card.issues.error(meter.place, rateErrors.CSP_RATES_BYTE_HOURS, details);
    return undefined;
  }
  const measured = published.unit || unit?.text;
  return {
    meterId: published.id,
    meterName: published.name,
    ...(measured === undefined ? {} : { unit: measured }),
  };
}

function given(fields: Fields, key: string, { reader }: CardReader): Given | undefined {
  const node = fields.get(key);
  const text = reader.text(node, printableProblem);
  return node && text !== undefined ? { text, place: (node as ScalarNode).place } : undefined;
}

function ownMeter(
  { meterId, name, unit }: { readonly meterId: string; readonly name: Given; readonly unit: Given | undefined },
  rate: Place,
  { reader }: CardReader,
): RatedMeter | undefined {
  if (unit) return { meterId, meterName: name.text, unit: unit.text };
  reader.missing(rate, "unit");
  return undefined;
}

function byName(meter: Given, unit: Given | undefined, card: CardReader): Meter | undefined {
  const named = byLoweredName.get(meter.text.toLowerCase()) ?? [];
  const [first] = named;
  if (!first) {
    refuseUnknown(meter, "name", card);
    return undefined;
  }
  // Without its unit one of the name will do: that it is missing is said once the meter is judged.
  const measured = unit ? named.filter((one) => sameUnit(one.unit, unit.text)) : named;
  const current = measured.filter(({ deprecated }) => !deprecated);
  const candidates = current.length > 0 ? current : measured;
  if (unit && candidates.length > 1) {
    const ids = candidates.map(({ id }) => id).join(", ");
    const details = { count: String(candidates.length), value: first.name, unit: unit.text, ids };
    card.issues.error(meter.place, rateErrors.CSP_RATES_METER_AMBIGUOUS, details);
    return undefined;
  }
  return candidates[0] ?? named.find(({ deprecated }) => !deprecated) ?? first;
}

function refuseUnknown({ text: value, place }: Given, what: string, { issues }: CardReader): void {
  issues.error(place, rateErrors.CSP_RATES_METER_UNKNOWN, () => ({
    property: place.path,
    value,
    what,
    nearest: what === "name" ? didYouMean(nearWords(value, NAMES).slice(0, 1)) : "",
  }));
}

function isNamedRight(
  { id: meterId, name: published }: Meter,
  name: Given | undefined,
  { issues }: CardReader,
): boolean {
  if (!name || sameName(published, name.text)) return true;
  const details = { property: name.place.path, meterId, name: name.text, published };
  issues.error(name.place, rateErrors.CSP_RATES_METER_NAME, details);
  return false;
}

function isMeasuredRight(
  published: Meter,
  { unit, rate }: { readonly unit: Given | undefined; readonly rate: Place },
  { reader, issues }: CardReader,
): boolean {
  if (published.unit === "") return true;
  if (!unit) {
    reader.missing(rate, "unit");
    return false;
  }
  if (sameUnit(published.unit, unit.text)) return true;
  const details = { property: unit.place.path, given: unit.text, meter: tell(published), unit: published.unit };
  issues.error(unit.place, rateErrors.CSP_RATES_UNIT, details);
  return false;
}

function tell({ name, id }: Meter): string {
  return `${name} (${id})`;
}

/** The id of a meter, however it is spelled, as the store keeps it; Hubs leave the dashes out in those of the network. */
function toMeterId(text: string): string | undefined {
  const digits = text.toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Letter case and white space mean nothing in a unit. */
function sameUnit(left: string, right: string): boolean {
  const plain = (unit: string) => unit.toLowerCase().replaceAll(/\s+/g, "");
  return plain(left) === plain(right);
}

import {
  type CsvRecord,
  type CsvShape,
  formatPlace,
  type MapEntry,
  type MapNode,
  type NamedCell,
  type ParseRequest,
  type Place,
  placeWith,
  readCsvTable,
  type SourceNode,
} from "@azurestack-csp/provider";
import { rateErrors } from "./rateErrors.ts";
import { RATE_KEYS } from "./readRate.ts";

/** Columns that are keys of a tier. */
const TIER_COLUMNS: Readonly<Record<string, string>> = { tierFrom: "from", tierTo: "to" };

/** Keys of the whole card; every row may repeat them. */
const CARD_COLUMNS = ["pricePlaces"];

const SHAPE: CsvShape = {
  rows: "rates",
  row: "a rate",
  of: "a rate's row",
  columns: [...RATE_KEYS.filter((key) => key !== "tiers"), ...Object.keys(TIER_COLUMNS), ...CARD_COLUMNS],
  required: ["meter", "price"],
};

/** A rate that is put together from rows, each a tier of it. */
interface Draft {
  readonly place: Place;
  readonly cells: Map<string, NamedCell>;
  readonly tiers: MapNode[];
}

/**
 * The rows of a CSV file as a map with `rates`, or `undefined` with issues.
 *
 * Each row is a rate. Rows with `tierFrom` or `tierTo` are tiers: those of one meter, tenant and period are one rate.
 */
export function parseCardCsv(request: ParseRequest): SourceNode | undefined {
  const records = readCsvTable(request, SHAPE, (record) => record);
  // Rows that are no rows have been reported; without others the card is not empty, but not known.
  if (!records || records.length === 0) return undefined;
  const { file, issues } = request;
  const ofCard = new Map<string, NamedCell>();
  const byKey = new Map<string, Draft>();
  const drafts: Draft[] = [];

  function keep(kept: Map<string, NamedCell>, named: NamedCell, of: string): void {
    const { column, cell } = named;
    const first = kept.get(column);
    if (!first) kept.set(column, named);
    else if (first.cell.text !== cell.text) {
      const details = {
        column,
        value: cell.text,
        first: first.cell.text,
        firstPlace: formatPlace(first.cell),
        of,
      };
      issues.error(placeOf(named), rateErrors.CSP_RATES_DIFFERS, details);
    }
  }

  for (const { place, cells } of records) {
    for (const named of cells) if (CARD_COLUMNS.includes(named.column)) keep(ofCard, named, "card");
    const own = cells.filter(({ column }) => !CARD_COLUMNS.includes(column));
    const key = own.some(({ column }) => column in TIER_COLUMNS) ? keyOf(own) : undefined;
    const known = key === undefined ? undefined : byKey.get(key);
    const draft: Draft = known ?? { place, cells: new Map(), tiers: [] };
    if (!known) drafts.push(draft);
    if (key !== undefined) {
      byKey.set(key, draft);
      draft.tiers.push(tierOf({ place, cells: own }));
    }
    for (const named of own) if (key === undefined || !isOfTier(named)) keep(draft.cells, named, "rate");
  }

  const root: Place = { file, line: 1, column: 1, path: "" };
  const place = { ...root, path: "rates" };
  const rates: MapEntry = { key: "rates", place, value: { kind: "list", items: drafts.map(rateOf), place } };
  const card = [...ofCard.values()].map((named) => entryOf(named.column, placeWith(named.cell, named.column), named));
  return { kind: "map", place: root, entries: [...card, rates] };
}

function isOfTier({ column }: NamedCell): boolean {
  return column === "price" || column in TIER_COLUMNS;
}

/** What makes rows tiers of one rate. */
function keyOf(cells: readonly NamedCell[]): string {
  const textOf = (column: string) => cells.find((named) => named.column === column)?.cell.text.toLowerCase() ?? "";
  return JSON.stringify(["meter", "unit", "tenantId", "from", "to"].map(textOf));
}

function rateOf({ place, cells, tiers }: Draft): MapNode {
  const entries = [...cells.values()].map((named) => entryOf(named.column, placeOf(named), named));
  if (tiers.length === 0) return { kind: "map", place, entries };
  const list = { ...place, path: `${place.path}.tiers` };
  return {
    kind: "map",
    place,
    entries: [...entries, { key: "tiers", place: list, value: { kind: "list", items: tiers, place: list } }],
  };
}

function tierOf({ place, cells }: CsvRecord): MapNode {
  const entries = cells
    .filter(isOfTier)
    .map((named) => entryOf(TIER_COLUMNS[named.column] ?? named.column, placeOf(named), named));
  return { kind: "map", place, entries };
}

function placeOf({ column, cell }: NamedCell): Place {
  return placeWith(cell, `${cell.path}.${column}`);
}

function entryOf(key: string, place: Place, { cell }: NamedCell): MapEntry {
  return { key, place, value: { kind: "scalar", text: cell.text, place } };
}

import {
  createFileIssueCollector,
  createNodeReader,
  describeNode,
  type Fields,
  type FileIssue,
  type OtherWords,
  type Place,
  parseSource,
  type SourceNode,
  type TenantListFile,
} from "@azurestack-csp/provider";
import type { RateCard } from "./card.ts";
import { type CardReader, openMap } from "./cardReader.ts";
import { checkFamilies } from "./checkFamilies.ts";
import { checkPeriods } from "./checkPeriods.ts";
import { parseCardCsv } from "./parseCardCsv.ts";
import { rateErrors } from "./rateErrors.ts";
import { readCurrency } from "./readCurrency.ts";
import { readMarkup } from "./readNumber.ts";
import { type ReadRate, readRate } from "./readRate.ts";
import { tariffsOf } from "./tariffsOf.ts";

/** The keys of a card; `$schema` is for editors. */
export const CARD_KEYS = ["$schema", "currency", "pricePlaces", "markup", "rates"] as const;

/** More places would leave an amount, with the 20 of its quantity, more than the 38 digits of the widest decimals. */
const MOST_PRICE_PLACES = 18;

/** What the readers of lists say, in the words of a card. */
const WORDS: OtherWords = {
  CSP_INPUT_REQUIRED: rateErrors.CSP_RATES_MISSING,
  CSP_LIST_ALIAS: rateErrors.CSP_RATES_ALIAS,
  CSP_LIST_CELLS: rateErrors.CSP_RATES_CELLS,
  CSP_LIST_COLUMN_MISSING: rateErrors.CSP_RATES_COLUMN_MISSING,
  CSP_LIST_COLUMN_UNNAMED: rateErrors.CSP_RATES_COLUMN_UNNAMED,
  CSP_LIST_CONFLICT_MARKERS: rateErrors.CSP_RATES_CONFLICT_MARKERS,
  CSP_LIST_DUPLICATE_KEY: rateErrors.CSP_RATES_DUPLICATE_KEY,
  CSP_LIST_EMPTY_FILE: rateErrors.CSP_RATES_EMPTY,
  CSP_LIST_ENCODING: rateErrors.CSP_RATES_ENCODING,
  CSP_LIST_FORMAT_UNKNOWN: rateErrors.CSP_RATES_FORMAT_UNKNOWN,
  CSP_LIST_MORE_ISSUES: rateErrors.CSP_RATES_MORE_ISSUES,
  CSP_LIST_MULTIPLE_DOCUMENTS: rateErrors.CSP_RATES_MULTIPLE_DOCUMENTS,
  CSP_LIST_NO_ROWS: rateErrors.CSP_RATES_EMPTY,
  CSP_LIST_SYNTAX: rateErrors.CSP_RATES_SYNTAX,
  CSP_LIST_UNKNOWN_KEY: rateErrors.CSP_RATES_UNKNOWN_KEY,
};

/** A card, or the errors that keep the file from being one. */
export interface ParsedRateCard {
  /** Absent if one of the issues is an error. */
  readonly card?: RateCard;
  /** Everything that is wrong in the file, by line and column. */
  readonly issues: readonly FileIssue[];
}

/**
 * Parses a rate card and checks it against itself and the published meters; never throws.
 *
 * @param source the file, or why it could not be read; the ending of its name tells the format: `.yaml`, `.yml`, `.json` or
 *   `.csv`.
 */
export function parseRateCard(source: TenantListFile): ParsedRateCard {
  const { file } = source;
  const issues = createFileIssueCollector(WORDS);
  if ("unreadable" in source) {
    const place = { file, line: 1, column: 1, path: "" };
    issues.error(place, rateErrors.CSP_RATES_FILE_UNREADABLE, { file, reason: source.unreadable });
    return { issues: issues.sorted([file]) };
  }
  const { text } = source;
  const reader = createNodeReader(issues);
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const isText = !/\.csv$/i.test(file);
  const isBare = ({ line, column }: Place) => isText && /[-\d]/.test(lines[line - 1]?.[column - 1] ?? "");
  const hasUnknownKeys = () => issues.sorted([file]).some(({ code }) => code === rateErrors.CSP_RATES_UNKNOWN_KEY.code);
  const card = { reader, issues, isBare, hasUnknownKeys };
  const root = parseSource({ file, text, issues }, parseCardCsv);
  const read = root && readRoot(root, card);
  const found = issues.sorted([file]);
  return read && !found.some(({ severity }) => severity === "error")
    ? { card: read, issues: found }
    : { issues: found };
}

function readRoot(root: SourceNode, all: CardReader): RateCard | undefined {
  const { issues } = all;
  if (root.kind !== "map") {
    issues.error(root.place, rateErrors.CSP_RATES_ROOT, { given: describeNode(root) });
    return undefined;
  }
  const map = openMap(root, { known: CARD_KEYS, of: "a rate card" }, all);
  if (!map) return undefined;
  const { fields, card } = map;
  const pricePlaces = readPricePlaces(fields, card);
  const markup = readMarkup(fields.get("markup"), card);
  const rows = readRows(fields.get("rates"), root.place, card);
  if (!rows) return undefined;
  const currency = readCurrency(fields.get("currency"), rows, { ...card, root: root.place });
  const rates = rows.map(({ rate }) => rate).filter((rate) => rate !== undefined);
  checkPeriods(rates, { mayHave: unreadMeters(rows) }, issues);
  // Whatever is wrong with these would only be said again of each price.
  const isMarkupRead = markup !== undefined || !fields.has("markup");
  const arePlacesRead = pricePlaces !== undefined || !fields.has("pricePlaces");
  if (!isMarkupRead || !arePlacesRead) return undefined;
  const made = tariffsOf(rates, { markup, pricePlaces, issues });
  checkFamilies(made, issues);
  if (currency === undefined) return undefined;
  const tariffs = made.map(({ tariff }) => tariff);
  return {
    file: root.place.file,
    currency,
    ...(pricePlaces === undefined ? {} : { pricePlaces }),
    ...(markup ? { markup } : {}),
    rates,
    tariffs,
  };
}

function readRows(node: SourceNode | undefined, root: Place, card: CardReader): readonly ReadRate[] | undefined {
  if (!node || (node.kind === "list" && node.items.length === 0)) {
    const place = node?.place ?? { ...root, path: "rates" };
    card.issues.error(place, rateErrors.CSP_RATES_EMPTY, {});
    return undefined;
  }
  if (node.kind !== "list") {
    card.reader.unexpected(node, "a list of rates");
    return undefined;
  }
  return node.items.map((item) => readRate(item, card));
}

/** Which meters the rows with errors may be of: where one of them does not tell, of all. */
function unreadMeters(rows: readonly ReadRate[]): (meterId: string) => boolean {
  const unread = rows.filter(({ rate }) => rate === undefined);
  const isAny = unread.some(({ meterId }) => meterId === undefined);
  const meterIds = new Set(unread.map(({ meterId }) => meterId));
  return (meterId) => isAny || meterIds.has(meterId);
}

function readPricePlaces(fields: Fields, { reader, issues }: CardReader): number | undefined {
  const node = fields.get("pricePlaces");
  const text = reader.text(node);
  if (!node || text === undefined) return undefined;
  if (/^(?:0|[1-9]\d?)$/.test(text) && Number(text) <= MOST_PRICE_PLACES) return Number(text);
  const details = { property: node.place.path, value: text, most: String(MOST_PRICE_PLACES) };
  issues.error(node.place, rateErrors.CSP_RATES_PRICE_PLACES, details);
  return undefined;
}

import { aFew } from "../aFew.ts";
import { ProviderError, type ServiceAnswer } from "../errors/providerError.ts";
import { isObject } from "../json.ts";
import { readUsageRow, type UsageProperties } from "./readUsageRow.ts";
import { createRecall } from "./recall.ts";
import { scanUsagePage } from "./scanUsagePage.ts";
import type { UsagePage } from "./usageQuery.ts";
import type { UsageRow } from "./usageRow.ts";

/** Where a page came from, for errors. */
export interface UsagePageSource {
  readonly host: string;
  readonly answer?: ServiceAnswer;
}

/** Reads the pages of a Hub's usage; one reader is to read all pages of a Hub, since it remembers what comes again. */
export type UsagePageReader = (body: string, source: UsagePageSource) => UsagePage<UsageRow>;

/** How much of a value that cannot be read an error shows, in characters. */
const LONGEST_VALUE = 60;

/**
 * Makes a reader of pages of usage aggregates, `{"value": [{…, "properties": {…}}], "nextLink": "…"}`.
 *
 * All rows of a page are read or none: a row passed over would be usage that nobody is billed for. Quantities stay the
 * texts that they are, since a double has fewer digits.
 *
 * The reader throws `CSP_USAGE_PAGE_UNREADABLE`, which names row, property and value.
 */
export function createUsagePageReader(): UsagePageReader {
  const recall = createRecall();
  return (body, source) => {
    const scanned = scanUsagePage(body, recall);
    const members = scanned && parse(scanned.rest);
    if (scanned && isObject(members) && !Object.hasOwn(members, "value")) {
      return { rows: scanned.rows, nextLink: linkIn(members, source) };
    }
    return readParsed(parse(body), source);
  };
}

function readParsed(page: unknown, source: UsagePageSource): UsagePage<UsageRow> {
  if (!isObject(page) || !Array.isArray(page.value)) throw unreadable(["it is no list of usage aggregates"], source);
  const problems: string[] = [];
  const rows = page.value.flatMap((item: unknown, index) => {
    const properties = isObject(item) ? item.properties : undefined;
    if (!isObject(properties)) {
      problems.push(`row ${index + 1} has no properties`);
      return [];
    }
    const report = (property: string, value: unknown) =>
      problems.push(`row ${index + 1}: ${property} is ${show(value)}`);
    return readUsageRow(properties, report) ?? [];
  });
  if (problems.length > 0) throw unreadable(problems, source);
  return { rows, nextLink: linkIn(page, source) };
}

/** Where the next page is; an answer with an error beside its rows is none of a list. */
function linkIn({ nextLink, error }: UsageProperties, source: UsagePageSource): string | undefined {
  if (error !== undefined && error !== null) throw unreadable(["it comes with an error"], source);
  if (nextLink === undefined || nextLink === null || nextLink === "") return undefined;
  if (typeof nextLink !== "string") throw unreadable([`nextLink is ${show(nextLink)}`], source);
  return nextLink;
}

/** The JSON value in the text, quantities as their texts; `undefined` where there is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepQuantity);
  } catch {
    return undefined;
  }
}

/** A reviver that keeps the digits of a row's quantity (ECMAScript's third argument, which `lib` does not know yet). */
function keepQuantity(this: object, key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return key === "quantity" && typeof value === "number" && "meterId" in this ? (context?.source ?? value) : value;
}

function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function unreadable(problems: readonly string[], { host, answer }: UsagePageSource): ProviderError {
  const details = { host, problems: aFew(problems, { and: "; and" }) };
  return new ProviderError("CSP_USAGE_PAGE_UNREADABLE", details, answer ? { answer } : {});
}

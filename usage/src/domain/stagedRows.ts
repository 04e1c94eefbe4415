import { ProviderError, toStorable, type UsageRow } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { decimalParts } from "./decimalParts.ts";

/**
 * Fields lie between tabs, one row in a line. A field that holds one of these is put between the quote, which no text of a
 * Hub has any use for, so that JSON needs no escaping.
 */
export const STAGED_FORM = { delimiter: "\t", quote: "\u0001" } as const;

/** The longest row, in characters; readers set their buffers by it. */
export const LONGEST_STAGED_ROW = 524_288;

/** The columns of a staged row with DuckDB's types, in their order; an empty field is a null. */
export const STAGED_COLUMNS = {
  w: "INTEGER",
  seq: "BIGINT",
  refused: "VARCHAR",
  subscription_id: "VARCHAR",
  meter_id: "VARCHAR",
  usage_start: "TIMESTAMP",
  usage_end: "TIMESTAMP",
  quantity_text: "VARCHAR",
  whole: "BIGINT",
  upper: "BIGINT",
  lower: "BIGINT",
  resource_id: "VARCHAR",
  resource_uri: "VARCHAR",
  location: "VARCHAR",
  tags: "VARCHAR",
  additional_info: "VARCHAR",
} as const;

/**
 * Writes rows as staged lines, the quantity as its text and as the parts of a decimal.
 *
 * @throws ProviderError `CSP_SYNC_ROW_LENGTH`
 * @param window the number of the window in the store's list
 * @param first the place of the first of them in the window, counted from 0 in the Hub's own order
 */
export function stageRows(rows: readonly UsageRow[], { window, first }: { window: number; first: number }): string {
  let text = "";
  for (const [index, row] of rows.entries()) {
    const [refusal, parts] = storedParts(row.quantity);
    const line = `${window}\t${first + index}\t${refusal}\t${field(row.subscriptionId)}\t${field(row.meterId)}\t${row.usageStart}\t${row.usageEnd}\t${row.quantity}\t${parts}\t${field(row.resourceId)}\t${field(row.resourceUri)}\t${field(row.location)}\t${field(row.tags)}\t${field(row.additionalInfo)}\n`;
    if (line.length > LONGEST_STAGED_ROW) {
      const { subscriptionId: subscription, meterId: meter } = row;
      throw new ProviderError(usageErrors.CSP_SYNC_ROW_LENGTH, { subscription, meter, length: String(line.length) });
    }
    text += line;
  }
  return text;
}

/** Why there is no decimal, and its three fields. */
function storedParts(quantity: string): readonly [refusal: string, parts: string] {
  const stored = toStorable(quantity);
  if ("unstorable" in stored) return [stored.unstorable, "\t\t"];
  const { whole, upper, lower } = decimalParts(stored.decimal);
  return ["", `${whole}\t${upper}\t${lower}`];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the quote is one.
const SPECIAL = /[\t\n\r\u0001]/;

function field(text: string | undefined): string {
  if (text === undefined || text === "") return "";
  return SPECIAL.test(text) ? `\u0001${text.replaceAll("\u0001", "\u0001\u0001")}\u0001` : text;
}

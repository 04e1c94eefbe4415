/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), the wide forms of East Asia included. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/;

/** A number with its sign is no formula, and stays one. */
const NUMBER = /^[+-]\d+(?:[.,]\d+)?$/;

/**
 * A text as a cell of CSV that spreadsheets show and do not calculate: what looks like a formula gets an apostrophe in
 * front. Customers choose the names of their subscriptions, and could have a formula run on the provider's machine.
 */
export function spreadsheetText(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

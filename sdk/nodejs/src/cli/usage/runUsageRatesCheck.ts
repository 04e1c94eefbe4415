import { formatTenantListIssue } from "@azurestack-csp/provider";
import type { ParsedRateCard, RateCard } from "@azurestack-csp/usage";
import { readTextFile } from "../../tenantList/readTextFile.ts";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { count } from "../console/text.ts";
import { ratesTable } from "./ratesTable.ts";
import { loadUsage } from "./usagePart.ts";

/** What `usage rates check` is asked. */
export interface UsageRatesCheckRequest {
  /** The card; `rates.yaml` by default. */
  readonly file: string | undefined;
  readonly json: boolean;
}

/** What a card is called where no file is named. */
const DEFAULT_FILE = "rates.yaml";

/** Checks a rate card against itself and the published meters, and shows what a unit of each meter costs. */
export async function runUsageRatesCheck(
  context: CommandContext,
  { file = DEFAULT_FILE, json }: UsageRatesCheckRequest,
): Promise<ExitCode> {
  const { terminal, folder } = context;
  const { parseRateCard, formatDecimal } = await loadUsage();
  const { card, issues } = parseRateCard(readTextFile(file, folder));
  for (const issue of issues) terminal.say(formatTenantListIssue(issue));
  if (json) {
    // Decimals go out as texts: most readers of JSON make binary numbers of its numbers.
    const document = { version: 1, ok: card !== undefined, file, ...card, issues };
    const text = JSON.stringify(document, (_, value) => (isDecimal(value) ? formatDecimal(value) : value));
    terminal.data(text);
  } else if (card) {
    terminal.data(ratesTable(card, { formatDecimal, layout: terminal }));
    terminal.say(sumUp(card));
  } else terminal.say(`The rate card is not usable: ${count(errorsOf(issues), "error")}.`);
  return card ? exitCodes.ok : exitCodes.input;
}

function isDecimal(value: unknown): value is { readonly units: bigint; readonly places: number } {
  return typeof value === "object" && value !== null && "units" in value && typeof value.units === "bigint";
}

function errorsOf(issues: ParsedRateCard["issues"]): number {
  return issues.filter(({ severity }) => severity === "error").length;
}

function sumUp({ rates, currency, pricePlaces }: RateCard): string {
  const meters = new Set(rates.map(({ meterId }) => meterId)).size;
  const tenants = new Set(rates.flatMap(({ tenantId = [] }) => tenantId)).size;
  const withoutCost = new Set(
    rates.filter(({ cost, tenantId }) => cost === undefined && tenantId === undefined).map(({ meterId }) => meterId),
  ).size;
  const own = tenants === 0 ? "" : ` ${count(tenants, "tenant")} with rates of ${tenants === 1 ? "its" : "their"} own.`;
  const places =
    pricePlaces === undefined ? "Prices are exact" : `Prices are rounded to ${count(pricePlaces, "place")}`;
  const unknown =
    withoutCost === 0 ? "" : ` ${count(withoutCost, "meter")} without \`cost\`: what Microsoft charges is not known.`;
  return `The rate card is right: ${count(rates.length, "rate")} of ${count(meters, "meter")} in ${currency}.${own} ${places}.${unknown}`;
}

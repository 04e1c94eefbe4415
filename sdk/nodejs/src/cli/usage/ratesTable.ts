import type { Decimal, RateCard, Slot, Tariff } from "@azurestack-csp/usage";
import { renderTable } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";

/** What the table is made with; the package with the card is loaded by whoever has one. */
interface TableOptions {
  readonly formatDecimal: (value: Decimal) => string;
  readonly layout: TextLayout;
}

/** What a unit of each meter costs, a line for each price: after markup, in the currency of the card. */
export function ratesTable({ rates, tariffs, currency }: RateCard, { formatDecimal, layout }: TableOptions): string {
  const meters = new Map(rates.map(({ meterId, meterName, unit = "" }) => [meterId, { meterName, unit }]));
  const rowOf = (tariff: Tariff, { tier, from, to, unitPrice }: Slot): readonly string[] => {
    const { meterName = tariff.meterId, unit = "" } = meters.get(tariff.meterId) ?? {};
    const isOnly = tariff.slots.length === 1;
    const quantities = `${formatDecimal(from)} to ${to ? formatDecimal(to) : "…"}`;
    return [
      meterName,
      unit,
      tier === 0 ? "free" : formatDecimal(unitPrice),
      isOnly ? "" : quantities,
      costText(tariff.cost, formatDecimal),
      tariff.tenantId ?? "",
      tariff.from ?? "",
      tariff.to ?? "",
    ];
  };
  const head = ["METER", "UNIT", `PRICE ${currency}`, "QUANTITY", "COST", "TENANT", "FROM", "TO"];
  const rows = tariffs.flatMap((tariff) => tariff.slots.map((slot) => rowOf(tariff, slot)));
  return renderTable({ head, rows }, layout);
}

function costText(cost: Tariff["cost"], formatDecimal: TableOptions["formatDecimal"]): string {
  if (cost === undefined) return "not known";
  return cost === "none" ? "none" : formatDecimal(cost);
}

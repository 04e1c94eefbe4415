import type { Meter } from "@azurestack-csp/usage";
import { renderTable } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";
import { amount } from "./amount.ts";

/** A meter of the published table, or one that only rows of the store name. */
export interface ShownMeter extends Partial<Meter> {
  readonly id: string;
  /** Rows of the store; `undefined` where there is no store. */
  readonly rows: number | undefined;
}

/** Below it, names in a column of their own would be cut within words. */
const WIDE = 120;

/** The meters in the order in which they come; a narrow one has service and unit in the text of the name. */
export function metersTable(meters: readonly ShownMeter[], { width, colours }: TextLayout): string {
  const isWide = width >= WIDE;
  const hasRows = meters.some(({ rows }) => rows !== undefined);
  const textOf = ({ service = "", unit = "", name, deprecated }: ShownMeter): readonly string[] => {
    const text =
      name === undefined
        ? colours.yellow("unknown: published by nobody")
        : `${name}${deprecated ? " (deprecated)" : ""}`;
    if (isWide) return [service, unit, text];
    return [name === undefined ? text : `${service}: ${text}${unit === "" ? "" : `, in ${unit}`}`];
  };
  const rows = meters.map((meter) => {
    const { id, rows: count = 0 } = meter;
    return [id, ...(hasRows ? [count === 0 ? "" : amount(count)] : []), ...textOf(meter)];
  });
  const texts = isWide ? ["SERVICE", "UNIT", "NAME"] : ["SERVICE, NAME AND UNIT"];
  return renderTable({ head: ["METER", ...(hasRows ? ["ROWS"] : []), ...texts], rows }, { width });
}

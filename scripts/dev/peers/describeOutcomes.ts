import { elapsed } from "../../setup/progress.mjs";
import type { Cell, Part } from "./cells.ts";

/** How a cell ended: its parts that failed, and how long it took. */
export interface Outcome {
  readonly cell: Cell;
  readonly failed: readonly Part[];
  readonly durationInMs: number;
}

/** A table of what was run on which versions, for people. */
export function describeOutcomes(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ cell, failed, durationInMs }) => [
    cell.sdk,
    cell.cli,
    cell.node,
    elapsed(durationInMs),
    cell.parts.map((part) => `${part} ${failed.includes(part) ? "failed" : "passed"}`).join(", "),
  ]);
  const table = [["SDK", "CLI", "Node", "time", ""], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

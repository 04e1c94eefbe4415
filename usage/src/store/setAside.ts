import { usageErrors } from "../errors.ts";
import type { StoredWindow } from "./windows.ts";
import type { Workshop } from "./workshop.ts";

/** A row that is kept as text alone, as DuckDB gives it. */
export interface SetAsideRow {
  readonly w: number;
  readonly cause: "overflow" | "underflow" | "conflict";
  readonly usage_date: string;
  readonly quantity_text: string;
  readonly kept_text: string | null;
}

const CODES = {
  overflow: usageErrors.CSP_SYNC_QUANTITY_OVERFLOW.code,
  underflow: usageErrors.CSP_SYNC_QUANTITY_UNDERFLOW.code,
  conflict: usageErrors.CSP_SYNC_CONFLICT.code,
} as const;

/** Notes what is set aside of windows, in the place of what was before; part of a transaction. */
export function enterSetAside(
  { list, now }: Pick<Workshop, "list" | "now">,
  windows: readonly StoredWindow[],
  rows: readonly SetAsideRow[],
): void {
  for (const { id } of windows) list.run("DELETE FROM set_aside WHERE window = ?", id);
  for (const { w, cause, usage_date: day, quantity_text: quantity, kept_text: kept, ...row } of rows) {
    list.run(
      "INSERT INTO set_aside (window, code, usage_date, quantity, kept, row, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      w,
      CODES[cause],
      day,
      quantity,
      kept,
      JSON.stringify(row),
      now(),
    );
  }
}

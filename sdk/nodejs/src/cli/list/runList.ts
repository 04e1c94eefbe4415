import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { loadTenantList } from "../input/loadTenantList.ts";
import { knownStack } from "../input/stackAndList.ts";
import { listCsv } from "./listCsv.ts";
import type { ListFormat } from "./listFormats.ts";
import { toListRows } from "./listRows.ts";
import { listMarkdown, listTable } from "./listTable.ts";

/** What `list` is asked. */
export interface ListCommandRequest {
  /** The paths or patterns of the list; none where the default is meant. */
  readonly files: readonly string[];
  /** The stack whose configuration names the list. */
  readonly stack: string | undefined;
  readonly format: ListFormat;
}

/** Prints what a list declares, a row for each customer and Hub; asks nobody. */
export async function runList(context: CommandContext, request: ListCommandRequest): Promise<ExitCode> {
  const { files, stack, format } = request;
  const { terminal } = context;
  const { list, paths } = loadTenantList(context, { files, stack: knownStack(context, stack) });
  const rows = toListRows(list);
  if (format === "json") terminal.data(JSON.stringify({ version: 1, paths, rows }));
  else if (format === "csv") terminal.data(listCsv(rows));
  else if (format === "md") terminal.data(listMarkdown(rows));
  else terminal.data(listTable(rows, terminal));
  return exitCodes.ok;
}

import { hasCode } from "@azurestack-csp/provider";
import type { UsageStore } from "@azurestack-csp/usage";
import type { CommandContext } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import { metersTable, type ShownMeter } from "./metersTable.ts";
import { loadUsage, storeFolder } from "./usagePart.ts";

/** What `usage meters` is asked. */
export interface UsageMetersRequest {
  readonly store: string | undefined;
  readonly json: boolean;
}

/** Lists the published meters, and those of the store that nobody has published: those with most rows first. */
export async function runUsageMeters(context: CommandContext, { store, json }: UsageMetersRequest): Promise<ExitCode> {
  const { allMeters, findMeter, METER_SOURCES } = await loadUsage();
  const used = await usedMeters(storeFolder(context, store));
  const unknown = [...(used?.keys() ?? [])].filter((id) => !findMeter(id));
  const meters: readonly ShownMeter[] = [...allMeters, ...unknown.map((id) => ({ id }))]
    .map((meter) => ({ ...meter, rows: used && (used.get(meter.id) ?? 0) }))
    .toSorted((one, other) => (other.rows ?? 0) - (one.rows ?? 0));
  const { terminal } = context;
  if (json) {
    terminal.data(JSON.stringify({ version: 1, sources: METER_SOURCES, meters }));
    return exitCodes.ok;
  }
  terminal.data(metersTable(meters, terminal));
  for (const source of Object.values(METER_SOURCES)) terminal.say(`Source: ${source}`);
  return exitCodes.ok;
}

/** How many rows of the store each meter has; `undefined` where there is no store. */
async function usedMeters(folder: string): Promise<ReadonlyMap<string, number> | undefined> {
  const store = await openIfThere(folder);
  try {
    const rows = await store?.query<{ id: string; rows: string }>(
      "SELECT meter_id AS id, count(*) AS rows FROM usage GROUP BY id ORDER BY id",
    );
    return rows && new Map(rows.map(({ id, rows: count }) => [id, Number(count)]));
  } finally {
    store?.close();
  }
}

async function openIfThere(folder: string): Promise<UsageStore | undefined> {
  const { openStore } = await loadUsage();
  const { usageErrors } = await import("@azurestack-csp/usage/errors");
  try {
    return openStore(folder);
  } catch (error) {
    if (hasCode(error, usageErrors.CSP_STORE_MISSING)) return undefined;
    throw error;
  }
}

import { type MappingTable, ProviderError, type TenantList } from "@azurestack-csp/provider";
import { tableOfList, tableOfSteps } from "./mappingTables.ts";
import type { Step } from "./run/stackEvents.ts";

/** How many differences an error names; the rest it counts. */
const NAMED = 5;

/**
 * Makes sure that a program declares what the checks were about.
 *
 * @throws ProviderError `CSP_RECONCILE_PROGRAM_DIFFERS`
 */
export function matchProgram(list: TenantList, steps: readonly Step[]): void {
  const declared = pairs(tableOfList(list));
  const programmed = pairs(tableOfSteps(steps));
  const differences = [
    ...[...declared].filter((pair) => !programmed.has(pair)).map((pair) => `${pair} is only in the list`),
    ...[...programmed].filter((pair) => !declared.has(pair)).map((pair) => `${pair} is only in the program`),
  ];
  if (differences.length === 0) return;
  const more = differences.length > NAMED ? `, and ${differences.length - NAMED} more` : "";
  const named = differences.slice(0, NAMED).join(", ");
  throw new ProviderError("CSP_RECONCILE_PROGRAM_DIFFERS", { differences: `${named}${more}` });
}

function pairs(table: MappingTable): ReadonlySet<string> {
  const found = Object.entries(table).flatMap(([registration, tenants]) =>
    Object.entries(tenants).map(
      ([tenant, subscription]) => `${tenant} → ${registration}/customerSubscriptions/${subscription}`,
    ),
  );
  return new Set(found);
}

import * as pulumi from "@pulumi/pulumi";
import {
  checkTenantList,
  formatTenantListIssue,
  readTenantList,
  type TenantList,
  TenantRegistrations,
} from "azurestack-csp";

const config = new pulumi.Config();
const list = await requireTenantList(config.get("tenantList") ?? "tenants.yaml");

new TenantRegistrations("tenants", {
  list,
  guard: {
    maxRemovals: config.get("maxRemovals"),
    maxMoves: config.get("maxMoves"),
    confirmedRemovals: config.getNumber("confirmedRemovals"),
    confirmedMoves: config.getNumber("confirmedMoves"),
  },
});

/** How many customers the list holds. */
export const tenants = list.tenants.length;

/** How many Hubs the list holds. */
export const registrations = list.registrations.length;

/** How many customers are registered on each Hub, by the registration's key. */
export const mappings = countMappings(list);

/** Stops the program, before anything is registered, unless the list is without errors and fits what is live. */
async function requireTenantList(path: string): Promise<TenantList> {
  const { list, issues } = readTenantList(path);
  const isCheckedLive = config.getBoolean("liveChecks") ?? true;
  const found = list && isCheckedLive ? [...issues, ...(await checkTenantList(list))] : issues;
  const lines = (severity: "error" | "warning") =>
    found.filter((issue) => issue.severity === severity).map(formatTenantListIssue);
  for (const warning of lines("warning")) await pulumi.log.warn(warning);
  const errors = lines("error");
  if (list && errors.length === 0) return list;
  throw new pulumi.RunError(`The tenant list is not usable, and nothing was changed.\n${errors.join("\n")}`);
}

function countMappings({ registrations, tenants }: TenantList): Record<string, number> {
  const all = tenants.flatMap((tenant) => tenant.mappings);
  return Object.fromEntries(
    registrations.map(({ key }) => [key, all.filter((mapping) => mapping.registrationKey === key).length]),
  );
}

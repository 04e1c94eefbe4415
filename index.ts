import * as pulumi from "@pulumi/pulumi";
import {
  checkTenantList,
  formatTenantListIssue,
  readTenantList,
  type TenantList,
  type TenantListIssue,
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
  await warn(issues);
  if (!list) throw stopped("The tenant list is not usable", issues);
  if (!(config.getBoolean("liveChecks") ?? true)) return list;
  const found = await checkTenantList(list);
  await warn(found);
  if (found.some(isError)) throw stopped("The tenant list cannot be applied to what is live", found);
  return list;
}

function stopped(what: string, issues: readonly TenantListIssue[]): pulumi.RunError {
  const lines = issues.filter(isError).map(formatTenantListIssue);
  return new pulumi.RunError(`${what}, and nothing was changed.\n${lines.join("\n")}`);
}

/** Pulumi says by itself that a warning is one. */
async function warn(issues: readonly TenantListIssue[]): Promise<void> {
  for (const issue of issues.filter((each) => !isError(each))) {
    await pulumi.log.warn(formatTenantListIssue({ ...issue, severity: "error" }));
  }
}

function isError({ severity }: TenantListIssue): boolean {
  return severity === "error";
}

function countMappings({ registrations, tenants }: TenantList): Record<string, number> {
  const all = tenants.flatMap((tenant) => tenant.mappings);
  return Object.fromEntries(
    registrations.map(({ key }) => [key, all.filter((mapping) => mapping.registrationKey === key).length]),
  );
}

import * as pulumi from "@pulumi/pulumi";
import { guardFromConfig, requireTenantList, TenantRegistrations } from "azurestack-csp";

const config = new pulumi.Config();

// Checked against itself and against what is live, before anything is registered.
const list = await requireTenantList(config.get("tenantList") ?? "tenants.yaml", {
  liveChecks: config.getBoolean("liveChecks"),
});

// Every customer on every Hub it uses, behind a guard that stops a run which would lose too many.
new TenantRegistrations("tenants", { list, guard: guardFromConfig(config) });

const used = list.tenants.flatMap(({ mappings }) => mappings.map(({ registrationKey }) => registrationKey));

/** How many customers the list holds. */
export const tenants = list.tenants.length;

/** How many Hubs the list holds. */
export const registrations = list.registrations.length;

/** How many customers are registered on each Hub, by the registration's key. */
export const mappings = Object.fromEntries(
  list.registrations.map(({ key }) => [key, used.filter((registrationKey) => registrationKey === key).length]),
);

import assert from "node:assert/strict";
import {
  type Directories,
  type LiveMapping,
  type ManagedMapping,
  type ManagementLock,
  type Plan,
  type PlannedChange,
  parseTenantList,
  planTenantList,
  type ReadableRegistration,
  type RegistrationId,
  type TenantList,
} from "@azurestack-csp/provider";
import { guid } from "../tenantList/sample.ts";

export const TODAY = "2026-11-21";

/** The Hub that scenarios play on. */
export const PARIS: RegistrationId = {
  registrationSubscriptionId: guid(0xa1),
  resourceGroup: "azurestack",
  registrationName: "hub-paris",
};

/** A row: tenant and customer subscription by their digits, and the other keys of the list. */
export interface Row {
  readonly tenant: number;
  readonly subscription: number;
  readonly overwrite?: readonly number[];
  readonly state?: "suspended";
  readonly retainUntil?: string;
}

/** One registration with everything that a plan looks at; ids are digits of `guid`. */
export interface Scenario {
  readonly rows?: readonly Row[];
  readonly live?: readonly (readonly [subscription: number, tenant: number | undefined])[];
  readonly managed?: readonly (readonly [subscription: number, tenant: number, more?: Partial<ManagedMapping>])[];
  readonly facts?: Partial<ReadableRegistration>;
  readonly directories?: Directories;
  readonly stackIsUnknown?: boolean;
}

/** A list of one registration, `paris`. */
export function listOf(rows: readonly Row[]): TenantList {
  const registrations = { paris: PARIS };
  const tenants = rows.map(({ tenant, subscription, overwrite = [], ...more }) => ({
    name: `Customer ${tenant}`,
    tenantId: guid(tenant),
    customerSubscriptionId: guid(subscription),
    registrations: ["paris"],
    overwrite: overwrite.map(guid),
    ...more,
  }));
  const text = JSON.stringify({ registrations, tenants });
  const { list, issues } = parseTenantList([{ file: "tenants.json", text }]);
  assert.deepEqual(issues, []);
  assert.ok(list);
  return list;
}

/** A mapping that the stack manages, named as a list names it. */
export function managedOf(subscription: number, tenant: number, more: Partial<ManagedMapping> = {}): ManagedMapping {
  const name = `paris/${guid(tenant)}`;
  return {
    urn: `urn:pulumi:dev::hub::pulumi-nodejs:dynamic/azurestack:CustomerSubscription::${name}`,
    name,
    provider: "azurestack-csp",
    id: { registration: PARIS, customerSubscriptionId: guid(subscription) },
    tenantId: guid(tenant),
    retainUntil: undefined,
    isPendingDelete: false,
    isProtected: false,
    isUnconfirmed: false,
    access: {},
    ...more,
  };
}

/** A lock on the registration of the scenario. */
export function lock(level: "CanNotDelete" | "ReadOnly"): ManagementLock {
  const scope = `/subscriptions/${guid(0xa1)}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/hub-paris`;
  const name = "RegistrationResourceLock";
  return { id: `${scope}/providers/Microsoft.Authorization/locks/${name}`, name, level, scope, notes: undefined };
}

/** Plans the scenario. */
export function planOf(scenario: Scenario): Plan {
  const { rows = [], live = [], managed = [], facts = {}, directories, stackIsUnknown = false } = scenario;
  const mappings = live.map(
    ([subscription, tenant]): LiveMapping => ({
      customerSubscriptionId: guid(subscription),
      tenantId: tenant === undefined ? undefined : guid(tenant),
    }),
  );
  return planTenantList({
    list: listOf(rows),
    live: [{ registration: PARIS, billingModel: "PayAsYouUse", cloudId: undefined, mappings, ...facts }],
    managed: managed.map(([subscription, tenant, more]) => managedOf(subscription, tenant, more)),
    ...(directories ? { directories } : {}),
    today: TODAY,
    stackIsUnknown,
  });
}

/** The changes of the scenario's registration. */
export function changesOf(plan: Plan): readonly PlannedChange[] {
  return plan.registrations[0]?.changes ?? [];
}

/** Each change as `kind subscription<-tenant`, by the last digits of the ids. */
export function summarize(plan: Plan): readonly string[] {
  return changesOf(plan).map(({ kind, customerSubscriptionId, tenantId }) => {
    const digit = (id: string | undefined) => Number.parseInt(id?.slice(-4) ?? "0", 16);
    return `${kind} ${digit(customerSubscriptionId)}<-${digit(tenantId)}`;
  });
}

/** Each issue as `severity CODE`. */
export function codes({ issues }: Plan): readonly string[] {
  return issues.map(({ severity, code }) => `${severity} ${code}`);
}

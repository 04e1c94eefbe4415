import assert from "node:assert/strict";
import {
  type Access,
  formatRegistrationId,
  type ManagedMapping,
  parseTenantList,
  type TenantList,
} from "@azurestack-csp/provider";
import type { Step } from "../../../../../sdk/nodejs/src/cli/reconcile/pulumi/stackEvents.ts";
import type { StateResource } from "../../../../../sdk/nodejs/src/cli/stacks/state/deployment.ts";
import type { IntendedWrite } from "../../../../../sdk/nodejs/src/journal/intendedWrite.ts";
import {
  armIdOf,
  idOf,
  paris,
  subscription,
  tenant,
} from "../../../provider/lifecycle/customerSubscription/harness.ts";

const TYPE = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const COMPONENT = "azurestack-csp:index:TenantRegistrations";

/** A list that maps these customers on Paris, each tenant to the subscription of its number. */
export function listOf(...numbers: readonly number[]): TenantList {
  const tenants = numbers.map((n) => ({
    name: `Customer ${n}`,
    tenantId: tenant(n),
    customerSubscriptionId: subscription(n),
    registrations: ["paris"],
  }));
  const text = JSON.stringify({ registrations: { paris }, tenants });
  return parseTenantList([{ file: "tenants.json", text }]).list ?? assert.fail();
}

/** The n-th customer's mapping, as a stack manages it. */
export function managed(n: number, more: Partial<ManagedMapping> = {}): ManagedMapping {
  return {
    urn: urnOf(n),
    name: `paris/${tenant(n)}`,
    provider: "azurestack-csp",
    id: idOf(n),
    tenantId: tenant(n),
    retainUntil: undefined,
    isPendingDelete: false,
    isProtected: false,
    isUnconfirmed: false,
    access: {},
    ...more,
  };
}

/** The write of the n-th customer's mapping, as a journal holds it. */
export function write(n: number, access: Access = {}): IntendedWrite {
  return { id: armIdOf(n), urn: urnOf(n), parent: componentIn("test"), inputs: { ...inputsOf(n), ...access } };
}

/** The n-th customer's mapping, as a stack's state holds it. */
export function resource(n: number, { stack = "test", ...more }: Partial<StateResource> & { stack?: string } = {}) {
  return {
    urn: urnOf(n, stack),
    type: TYPE,
    custom: true,
    id: armIdOf(n),
    parent: componentIn(stack),
    inputs: inputsOf(n),
    outputs: { tenantId: tenant(n) },
    ...more,
  };
}

/** What the engine tells of the n-th customer's resource. */
export function step(op: string, n: number): Step {
  return { op, urn: urnOf(n), type: TYPE, parent: componentIn("test"), inputs: inputsOf(n) };
}

/** The customers whose mappings are among a state's resources, by their numbers. */
export function customersIn(resources: readonly StateResource[]): readonly number[] {
  return resources.filter(({ type }) => type === TYPE).map(({ urn }) => Number(urn.slice(-12)));
}

function inputsOf(n: number) {
  const registrationId = formatRegistrationId(paris);
  return { registrationId, customerSubscriptionId: subscription(n), tenantId: tenant(n) };
}

function urnOf(n: number, stack = "test"): string {
  return `urn:pulumi:${stack}::shop::${COMPONENT}$${TYPE}::paris/${tenant(n)}`;
}

function componentIn(stack: string): string {
  return `urn:pulumi:${stack}::shop::${COMPONENT}::tenants`;
}

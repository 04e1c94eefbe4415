import {
  adoptedState,
  formatRegistrationId,
  type ManagedMapping,
  ProviderError,
  parseTenantList,
  type RegistrationId,
  readManagedMappings,
  sameId,
  type TenantList,
} from "@azurestack-csp/provider";
import type { RegistrationsClient } from "../../../../provider/src/clients/registrations/registrationsClient.ts";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../support/memory/memoryRegistrationsClient.ts";
import { createEngine, type Engine } from "../../provider/lifecycle/customerSubscription/engine.ts";
import { subscription, tenant } from "../../provider/lifecycle/customerSubscription/harness.ts";
import { type Hub, idsOf, nameOf, type Reading, type Situation } from "./situation.ts";

/** The registration of a Hub. */
export function registrationOf({ key }: Pick<Hub, "key">): RegistrationId {
  return {
    registrationSubscriptionId: "c0ffee00-0000-4000-8000-000000000001",
    resourceGroup: "AzureStack",
    registrationName: nameOf(key),
  };
}

/** The list as it is read; `undefined` where it has errors. */
export function listOf({ hubs, isDoubled }: Situation): TenantList | undefined {
  const uses = hubs.flatMap(({ key, declared }) => declared.map((row) => ({ key, ...row })));
  const tenants = [...Map.groupBy(uses, ({ t }) => t)].map(([t, rows]) => ({
    name: `Customer ${t}`,
    tenantId: tenant(t),
    registrations: Object.fromEntries(rows.map(({ key, s }) => [key, { customerSubscriptionId: subscription(s) }])),
  }));
  const registrations = Object.fromEntries(
    hubs.filter(({ isListed }) => isListed).map((hub) => [hub.key, registrationOf(hub)]),
  );
  const text = JSON.stringify({ registrations, tenants: [...tenants, ...(isDoubled ? tenants.slice(0, 1) : [])] });
  return parseTenantList([{ file: "tenants.json", text }]).list;
}

/** Azure as a situation has it. */
export interface Azure {
  readonly client: RegistrationsClient;
  readonly memory: MemoryRegistrationsClient;
}

/** Azure with the live mappings that the Hubs have, each read as it can be. */
export function azureOf({ hubs, directories, areDirectoriesUnread }: Situation): Azure {
  const there = hubs.filter(({ reading }) => reading !== "gone");
  const memory = createMemoryRegistrationsClient({
    registrations: there.map((hub) => ({
      ...registrationOf(hub),
      billingModel: hub.billingModel,
      locks: hub.lock === "none" ? [] : [{ name: "RegistrationResourceLock", level: hub.lock }],
      mappings: hub.live.map(({ t, s }) => ({
        tenantId: spelled(hub, tenant(t)),
        customerSubscriptionId: spelled(hub, subscription(s)),
      })),
    })),
    subscriptions: [...directories].map(([s, t]) => ({ subscriptionId: subscription(s), tenantId: tenant(t) })),
  });
  const always = { when: "before", times: Number.POSITIVE_INFINITY } as const;
  for (const hub of there) {
    const id = formatRegistrationId(registrationOf(hub));
    const error = problemOf(hub.reading, id);
    if (error) memory.fail({ ...always, operation: "listCustomerSubscriptions", id, error });
    if (error && hub.reading !== "listForbidden") memory.fail({ ...always, operation: "getRegistration", id, error });
    if (hub.areLocksForbidden) memory.fail({ ...always, operation: "listLocks", id, error: forbidden(id) });
  }
  if (areDirectoriesUnread) memory.fail({ ...always, operation: "getDirectory", error: unreachable() });
  return { memory, client: withItems(memory, there) };
}

/** Has single mappings be as hard to read as the list is, and keeps to itself the tenants that are not told. */
function withItems(memory: MemoryRegistrationsClient, hubs: readonly Hub[]): RegistrationsClient {
  const hubOf = (registration: RegistrationId) =>
    hubs.find((each) => sameId(registrationOf(each).registrationName, registration.registrationName));
  const told = <Item extends { readonly customerSubscriptionId: string }>(hub: Hub | undefined, item: Item): Item => {
    const isUntold = hub?.untold.some((s) => sameId(subscription(s), item.customerSubscriptionId));
    return isUntold ? { ...item, tenantId: undefined } : item;
  };
  return {
    ...memory,
    async getCustomerSubscription(id) {
      const hub = hubOf(id.registration);
      const error = hub && problemOf(hub.reading, formatRegistrationId(id.registration));
      if (error) throw error;
      return told(hub, await memory.getCustomerSubscription(id));
    },
    async listCustomerSubscriptions(registration) {
      const hub = hubOf(registration);
      return (await memory.listCustomerSubscriptions(registration)).map((item) => told(hub, item));
    },
  };
}

function problemOf(reading: Reading, scope: string): ProviderError | undefined {
  if (reading === "open" || reading === "gone") return undefined;
  if (reading === "unreachable") return unreachable();
  return reading === "signedOut" ? new ProviderError("CSP_NOT_AUTHENTICATED", { scope }) : forbidden(scope);
}

function unreachable(): ProviderError {
  return new ProviderError("CSP_UNREACHABLE", { host: "management.azure.com", reason: "no route" });
}

function forbidden(scope: string): ProviderError {
  return new ProviderError("CSP_NOT_AUTHORIZED", { action: "read", scope });
}

function spelled({ isUpperCase }: Hub, id: string): string {
  return isUpperCase ? id.toUpperCase() : id;
}

/** The resources of the stack, as its state holds them. */
function resourcesOf({ hubs }: Situation) {
  return hubs.flatMap((hub) =>
    hub.held.map(({ isEdited = false, directory, retainUntil, ...pair }) => {
      const registration = registrationOf(hub);
      const declared = { ...registration, ...idsOf(pair), ...(retainUntil === undefined ? {} : { retainUntil }) };
      const { id, inputs, outputs } = adoptedState(declared, idsOf(pair));
      return {
        urn: `urn:pulumi:test::shop::pulumi-nodejs:dynamic/azurestack:CustomerSubscription::${hub.key}/${tenant(pair.t)}`,
        type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
        id,
        inputs,
        outputs: { ...outputs, ...(directory === undefined ? {} : { directory: tenant(directory) }) },
        ...(isEdited ? {} : { created: "2026-06-01T00:00:00Z" }),
      };
    }),
  );
}

/** What the stack manages. */
export function managedIn(situation: Situation): readonly ManagedMapping[] {
  return readManagedMappings({ resources: resourcesOf(situation) });
}

/** An engine whose state is that of the situation. */
export function engineOf(situation: Situation, client: RegistrationsClient): Engine {
  const state = resourcesOf(situation).map(({ urn, id, inputs, outputs }) => {
    const name = urn.split("::").at(-1) ?? "";
    return [name, { id, inputs, outputs, failed: false }] as const;
  });
  return createEngine(client, state);
}

/** What an engine's state manages after a run. */
export function managedBy(engine: Engine): readonly ManagedMapping[] {
  const resources = [...engine.state].map(([name, { id, outputs }]) => ({
    urn: `urn:pulumi:test::shop::pulumi-nodejs:dynamic/azurestack:CustomerSubscription::${name}`,
    type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
    id,
    outputs,
    created: "2026-06-01T00:00:00Z",
  }));
  return readManagedMappings({ resources });
}

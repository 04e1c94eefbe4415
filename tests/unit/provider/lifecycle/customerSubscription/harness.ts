import assert from "node:assert/strict";
import type { MappingChange } from "../../../../../provider/src/clients/registrations/mappingChange.ts";
import type { RegistrationsClient } from "../../../../../provider/src/clients/registrations/registrationsClient.ts";
import type { ErrorCode } from "../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode, ProviderError } from "../../../../../provider/src/domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  type RegistrationId,
} from "../../../../../provider/src/domain/ids.ts";
import type { Deps } from "../../../../../provider/src/lifecycle/customerSubscription/deps.ts";
import { createCustomerSubscription } from "../../../../../provider/src/lifecycle/customerSubscription/lifecycle.ts";
import { createLiveRegistrations } from "../../../../../provider/src/lifecycle/customerSubscription/run/liveMappings.ts";
import { createRefusals } from "../../../../../provider/src/lifecycle/customerSubscription/run/refusals.ts";
import { createRun } from "../../../../../provider/src/lifecycle/customerSubscription/run/run.ts";
import {
  type InitializationError,
  isInitializationError,
} from "../../../../../provider/src/lifecycle/initializationError.ts";
import type { ResourceLifecycle } from "../../../../../provider/src/lifecycle/resourceLifecycle.ts";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryLock, MemoryMapping, MemoryWorld } from "../../../../support/memory/memoryWorld.ts";

/** The registration that tests write to, and another one. */
export const paris: RegistrationId = {
  registrationSubscriptionId: "c0ffee00-0000-4000-8000-000000000001",
  resourceGroup: "AzureStack",
  registrationName: "azurestack-Paris",
};
export const lyon: RegistrationId = { ...paris, registrationName: "azurestack-Lyon" };

/** The directory of the n-th customer; it holds letters, so that letter case can go wrong. */
export function tenant(n: number): string {
  return `aaaabbbb-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** The subscription of the n-th customer. */
export function subscription(n: number): string {
  return `ccccdddd-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** The live mapping of a tenant to a subscription, by their numbers. */
export function mapping(t: number, s: number): MemoryMapping {
  return { tenantId: tenant(t), customerSubscriptionId: subscription(s) };
}

/** The same mapping, as a service that writes ids in upper case keeps it. */
export function upperCaseMapping(t: number, s: number): MemoryMapping {
  return { tenantId: tenant(t).toUpperCase(), customerSubscriptionId: subscription(s).toUpperCase() };
}

/** What a stack's state holds of the n-th tenant, mapped to the n-th subscription. */
export function stored(n: number) {
  return { id: armIdOf(n), outputs: { tenantId: tenant(n) } };
}

export function idOf(s: number, registration: RegistrationId = paris): CustomerSubscriptionId {
  return { registration, customerSubscriptionId: subscription(s) };
}

export function armIdOf(s: number, registration: RegistrationId = paris): string {
  return formatCustomerSubscriptionId(idOf(s, registration));
}

interface DeclarationOptions {
  readonly registration?: RegistrationId;
  /** Subscriptions that may be displaced, by their numbers. */
  readonly overwrite?: readonly number[];
  readonly retainUntil?: string;
}

/** The inputs of a resource, as a program writes them; a tenant that is `undefined` is left out. */
export function declaration(t: number | undefined, s: number, options: DeclarationOptions = {}) {
  const { registration = paris, overwrite, retainUntil } = options;
  return {
    registrationId: formatRegistrationId(registration),
    customerSubscriptionId: subscription(s),
    ...(t === undefined ? {} : { tenantId: tenant(t) }),
    ...(overwrite ? { overwrite: overwrite.map(subscription) } : {}),
    ...(retainUntil ? { retainUntil } : {}),
  };
}

/** A world with Paris and Lyon, and with these mappings on Paris. */
export function worldOf(mappings: readonly MemoryMapping[] = [], facts: Partial<MemoryWorld> = {}): MemoryWorld {
  return { registrations: [{ ...paris, mappings }, lyon], ...facts };
}

export function createWorld(mappings: readonly MemoryMapping[] = [], facts: Partial<MemoryWorld> = {}) {
  return createMemoryRegistrationsClient(worldOf(mappings, facts));
}

/** A world whose one registration, Paris, is locked. */
export function createLockedWorld(locks: readonly MemoryLock[], mappings: readonly MemoryMapping[] = []) {
  return createMemoryRegistrationsClient({ registrations: [{ ...paris, locks, mappings }] });
}

/** One run of the engine: what its resources share, and what it told. */
export interface TestRun {
  readonly lifecycle: ResourceLifecycle;
  readonly deps: Deps;
  readonly said: readonly string[];
  readonly changes: readonly MappingChange[];
  readonly pauses: readonly number[];
}

/** Starts a run over a client; the clock stands at noon of 2026-06-15 unless told otherwise, and sleeping takes no time. */
export function startRun(client: RegistrationsClient, now: () => number = () => Date.UTC(2026, 5, 15, 12)): TestRun {
  const run = createRun();
  const said: string[] = [];
  const changes: MappingChange[] = [];
  const pauses: number[] = [];
  const deps: Deps = {
    client,
    live: createLiveRegistrations(client),
    refusals: createRefusals(),
    run,
    now,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    say: (message) => {
      said.push(message);
    },
    record: async (change) => {
      changes.push(change);
    },
  };
  return { lifecycle: createCustomerSubscription(run, () => deps, deps.say), deps, said, changes, pauses };
}

/** Starts a run over a new world, with these mappings on Paris. */
export function startRunOn(mappings: readonly MemoryMapping[] = [], facts: Partial<MemoryWorld> = {}) {
  const client = createWorld(mappings, facts);
  return { client, run: startRun(client) };
}

/** Creates a resource as the engine does: checked first. */
export async function create({ lifecycle }: TestRun, properties: Readonly<Record<string, unknown>>) {
  return await lifecycle.create(accepted(lifecycle, properties));
}

/** Declares the n-th mapping by a resource that the state holds and that has not changed. */
export function declareUnchanged({ lifecycle }: TestRun, n: number): void {
  const inputs = accepted(lifecycle, declaration(n, n), declaration(n, n));
  assert.equal(lifecycle.diff({ ...stored(n), inputs }).changes, false);
}

/** The checked inputs of a declaration that has no problems; `before` are the last run's. */
export function accepted(
  lifecycle: ResourceLifecycle,
  properties: Readonly<Record<string, unknown>>,
  before?: Readonly<Record<string, unknown>>,
) {
  const { inputs, failures } = lifecycle.check(properties, before);
  assert.deepEqual(failures, []);
  return inputs;
}

/** The error of a promise, whose text has to be whole: code, and no placeholder left. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, "it was not refused");
  assert.match(error.message, /\[CSP_[A-Z_]+\]/);
  assert.doesNotMatch(error.message, /\{\w+\}|undefined|\[object/);
  return error;
}

/** The error of a promise, which has to have the code. */
export async function refusal<Code extends ErrorCode>(promise: Promise<unknown>, code: Code): Promise<Error> {
  const error = await rejection(promise);
  assert.ok(hasCode(error, code), error.message);
  return error;
}

/** What a create or update that half succeeded leaves in the state. */
export async function partialFailure(promise: Promise<unknown>): Promise<InitializationError> {
  const error = await rejection(promise);
  assert.ok(isInitializationError(error), error.message);
  return error;
}

/** The operations that a client carried out, writes only. */
export function writes(client: MemoryRegistrationsClient): readonly string[] {
  return client.calls
    .filter(({ operation }) => operation.startsWith("put") || operation.startsWith("delete"))
    .map(({ operation, id }) => `${operation.startsWith("put") ? "PUT" : "DELETE"} ${id.split("/").at(-1)}`);
}

/** How often an operation was called. */
export function count(client: MemoryRegistrationsClient, operation: keyof RegistrationsClient): number {
  return client.calls.filter((call) => call.operation === operation).length;
}

/** A failure of the service that says nothing of what became of the request. */
export function serviceFailed(): ProviderError<"CSP_SERVICE_FAILED"> {
  return new ProviderError("CSP_SERVICE_FAILED", { request: "PUT it", attempts: "4" });
}

export function notAuthorized(): ProviderError<"CSP_NOT_AUTHORIZED"> {
  return new ProviderError("CSP_NOT_AUTHORIZED", { action: "write", scope: formatRegistrationId(paris) });
}

/** A service that takes ids in its own spelling only: "not found" and 204 for every other. */
export function strictCase(client: MemoryRegistrationsClient): RegistrationsClient {
  const isSpelled = ({ registration, customerSubscriptionId }: CustomerSubscriptionId) =>
    client.mappings(registration).some((live) => live.customerSubscriptionId === customerSubscriptionId);
  return {
    ...client,
    getCustomerSubscription: async (id) => {
      if (isSpelled(id)) return await client.getCustomerSubscription(id);
      const registration = formatRegistrationId(id.registration);
      const { customerSubscriptionId } = id;
      throw new ProviderError("CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", { registration, customerSubscriptionId });
    },
    deleteCustomerSubscription: async (id) => (isSpelled(id) ? await client.deleteCustomerSubscription(id) : "absent"),
  };
}

import assert from "node:assert/strict";
import type { MemoryRegistrationsClient } from "../../../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryMapping } from "../../../../../support/memory/memoryWorld.ts";
import { createEngine, type Engine, type Outcome, type Program } from "../engine.ts";
import { createWorld, rejection } from "../harness.ts";

interface Deployed {
  readonly client: MemoryRegistrationsClient;
  readonly engine: Engine;
}

/** A stack that has brought up a program on an empty world. */
export async function deployed(program: Program, client: MemoryRegistrationsClient = createWorld()): Promise<Deployed> {
  const engine = createEngine(client);
  succeeded(await engine.up(program));
  return { client, engine };
}

/** Asserts that no resource of a run failed. */
export function succeeded({ errors }: Outcome): void {
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
  );
}

/** Asserts that a run failed with whole errors, one of which fits. */
export async function failed({ errors }: Outcome, pattern: RegExp): Promise<void> {
  for (const error of errors) await rejection(Promise.reject(error));
  assert.match(errors.map(({ message }) => message).join("\n"), pattern);
}

/** Mappings in the order of their subscriptions. */
export function bySubscription(mappings: readonly MemoryMapping[]): readonly MemoryMapping[] {
  return mappings.toSorted((left, right) => left.customerSubscriptionId.localeCompare(right.customerSubscriptionId));
}

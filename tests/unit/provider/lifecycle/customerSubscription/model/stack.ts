import assert from "node:assert/strict";
import type fc from "fast-check";
import type { RegistrationsClient } from "../../../../../../provider/src/clients/registrations/registrationsClient.ts";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryMapping } from "../../../../../support/memory/memoryWorld.ts";
import { createEngine, type Engine, type Program, type UpOptions } from "../engine.ts";
import { declaration, idOf, mapping, paris, serviceFailed, subscription, tenant, worldOf } from "../harness.ts";
import type { Command, Row } from "./commands.ts";

/** A write can rely on the rows that were declared before it only; one that a later row contradicts comes first. */
function uncontradicted(rows: readonly Row[]): readonly Row[] {
  return rows.filter((one, at) => !rows.slice(0, at).some(({ t, s }) => (t === one.t) !== (s === one.s)));
}

function programOf(rows: readonly Row[]): Program {
  return Object.fromEntries(rows.map(({ name, t, s, overwrite }) => [name, declaration(t, s, { overwrite })]));
}

function isSame(left: MemoryMapping, right: MemoryMapping): boolean {
  return left.tenantId === right.tenantId && left.customerSubscriptionId === right.customerSubscriptionId;
}

/** Whether the rows declare the mapping's tenant, and nobody else for its subscription, and name it to nobody. */
function isOnlyMoved({ tenantId, customerSubscriptionId }: MemoryMapping, rows: readonly Row[]): boolean {
  const isTaken = ({ t, s, overwrite }: Row) =>
    (subscription(s) === customerSubscriptionId && tenant(t) !== tenantId) ||
    overwrite.some((named) => subscription(named) === customerSubscriptionId);
  return uncontradicted(rows).some(({ t }) => tenant(t) === tenantId) && !rows.some(isTaken);
}

/** The mappings that are not among the others. */
export function without(
  mappings: readonly MemoryMapping[],
  others: readonly MemoryMapping[],
): readonly MemoryMapping[] {
  return mappings.filter((one) => !others.some((other) => isSame(one, other)));
}

/** What a resource of the state may give up: the mappings that it was last known to hold. */
function heldBy(engine: Engine, name: string): readonly MemoryMapping[] {
  const stored = engine.state.get(name);
  if (!stored) return [];
  const customerSubscriptionId = stored.id.split("/").at(-1) ?? "";
  return [stored.outputs.tenantId, stored.outputs.expectedTenantId]
    .filter((tenantId) => typeof tenantId === "string")
    .map((tenantId) => ({ tenantId, customerSubscriptionId }));
}

/** The live mappings that a resource of the state holds, and would remove with its row. */
function manages(engine: Engine, live: readonly MemoryMapping[]): readonly MemoryMapping[] {
  const resources = [...engine.state.values()].filter(({ isPendingReplacement }) => !isPendingReplacement);
  const isHeld = ({ tenantId, customerSubscriptionId }: MemoryMapping) =>
    [...resources, ...engine.pending].some(({ id, outputs }) => {
      const ours = [outputs.expectedTenantId ?? outputs.tenantId, outputs.keptTenantId];
      if (outputs.unconfirmed) ours.push(outputs.tenantId);
      return id.endsWith(`/${customerSubscriptionId}`) && ours.includes(tenantId);
    });
  return live.filter(isHeld);
}

/** Lets the scheduler choose the order of all requests in flight, and looks at what each write displaces. */
function observed(
  client: MemoryRegistrationsClient,
  scheduler: fc.Scheduler,
  onWrite: (written: MemoryMapping, displaced: readonly MemoryMapping[]) => void,
): RegistrationsClient {
  const turn = () => scheduler.schedule(Promise.resolve());
  return {
    ...client,
    listCustomerSubscriptions: async (registration) => {
      await turn();
      return await client.listCustomerSubscriptions(registration);
    },
    getCustomerSubscription: async (id) => {
      await turn();
      return await client.getCustomerSubscription(id);
    },
    deleteCustomerSubscription: async (id) => {
      await turn();
      return await client.deleteCustomerSubscription(id);
    },
    putCustomerSubscription: async (id, tenantId) => {
      await turn();
      const written = { tenantId, customerSubscriptionId: id.customerSubscriptionId };
      const before = client.mappings(paris);
      const answer = client.putCustomerSubscription(id, tenantId);
      onWrite(written, without(without(before, client.mappings(paris)), [written]));
      return await answer;
    },
  };
}

/** A stack on a world that is watched, and what tests ask of both. */
export function createStack(scheduler: fc.Scheduler, keepDisplaced = false) {
  const client = createMemoryRegistrationsClient(worldOf([], { keepDisplaced }));
  const violations: MemoryMapping[] = [];
  let allowed: readonly { readonly by: Row; readonly held: readonly MemoryMapping[] }[] = [];
  let mayClearUp = false;
  const onWrite = (written: MemoryMapping, displaced: readonly MemoryMapping[]) => {
    const writers = allowed.filter(({ by }) => isSame(mapping(by.t, by.s), written));
    const isNamed = (lost: MemoryMapping) =>
      writers.some(
        ({ by, held }) =>
          held.some((one) => isSame(one, lost)) ||
          by.overwrite.some((s) => subscription(s) === lost.customerSubscriptionId),
      );
    const isLeftBehind = ({ tenantId }: MemoryMapping) =>
      mayClearUp && client.mappings(paris).some((live) => live.tenantId === tenantId);
    violations.push(...displaced.filter((lost) => !isNamed(lost) && !isLeftBehind(lost)));
  };
  const engine = createEngine(observed(client, scheduler, onWrite));
  return {
    client,
    engine,
    live: () => client.mappings(paris),
    async up(next: readonly Row[], options: UpOptions = {}) {
      const before = client.mappings(paris);
      const managed = manages(engine, before);
      const unchanged = uncontradicted(next).filter(({ name, t, s }) =>
        [...heldBy(engine, name), ...managed].some((one) => isSame(one, mapping(t, s))),
      );
      const declaredElsewhere = managed.filter((one) => isOnlyMoved(one, next));
      const isReplacedFirst = (options.deleteBeforeReplace ?? []).length > 0;
      // A create that waits for its own removal comes after other moves, and may write over what they left behind.
      mayClearUp = isReplacedFirst;
      allowed = next.map((by) => ({ by, held: heldBy(engine, by.name) }));
      const outcome = await scheduler.waitFor(engine.up(programOf(next), options));
      assert.deepEqual(violations, [], "a write displaced what nobody named");
      const left = managed.filter((one) => without([one], client.mappings(paris)).length === 0);
      // What was deleted first to be replaced may wait for the next run of the same program, which adopts it.
      const declared = isReplacedFirst ? next.map(({ t, s }) => mapping(t, s)) : [];
      assert.deepEqual(
        without(left, [...manages(engine, left), ...declared]),
        [],
        "a mapping is live, and in no state",
      );
      if (isReplacedFirst) return outcome;
      for (const { t, s } of unchanged) {
        const kept = (mappings: readonly MemoryMapping[]) => mappings.some((one) => isSame(one, mapping(t, s)));
        assert.ok(!kept(before) || kept(client.mappings(paris)), `tenant ${t}, declared and unchanged, lost ${s}`);
      }
      for (const { tenantId } of declaredElsewhere) {
        const isBilled = client.mappings(paris).some((live) => live.tenantId === tenantId);
        assert.ok(isBilled, `tenant ${tenantId}, declared with another subscription, has none`);
      }
      return outcome;
    },
    async refresh() {
      return await scheduler.waitFor(engine.refresh());
    },
    /** Somebody else's request, which a failure of the service may hit as well. */
    async outside(t: number | undefined, s: number) {
      if (t === undefined) await client.deleteCustomerSubscription(idOf(s)).catch(() => undefined);
      else await client.putCustomerSubscription(idOf(s), tenant(t)).catch(() => undefined);
    },
  };
}

type Stack = ReturnType<typeof createStack>;

/** Carries out a command, and tells how many resources failed. */
export async function carryOut(stack: Stack, command: Command): Promise<number> {
  if (command.kind === "up") return (await stack.up(command.rows, command.options)).errors.length;
  if (command.kind === "refresh") return (await stack.refresh()).errors.length;
  if (command.kind === "outside") await stack.outside(command.t, command.s);
  else stack.client.fail({ operation: command.operation, when: command.when, error: serviceFailed() });
  return 0;
}

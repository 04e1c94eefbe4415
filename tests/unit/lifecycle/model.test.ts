import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../provider/src/clients/memory/memoryRegistrationsClient.ts";
import type { MemoryMapping } from "../../../provider/src/clients/memory/memoryWorld.ts";
import type { RegistrationsClient } from "../../../provider/src/clients/registrationsClient.ts";
import { cases } from "../../support/effort.ts";
import { createEngine, type Engine, type Program } from "./engine.ts";
import { declaration, idOf, mapping, paris, serviceFailed, subscription, tenant, worldOf } from "./harness.ts";

const TENANTS = [1, 2, 3];
const SUBSCRIPTIONS = [1, 2, 3, 4];

/** A row of a program: its resource's name, and the numbers of tenant and subscriptions. */
interface Row {
  readonly name: string;
  readonly t: number;
  readonly s: number;
  readonly overwrite: readonly number[];
}

type Command =
  | { readonly kind: "up"; readonly rows: readonly Row[] }
  | { readonly kind: "refresh" }
  | { readonly kind: "outside"; readonly t: number | undefined; readonly s: number }
  | { readonly kind: "lose"; readonly operation: keyof RegistrationsClient; readonly when: "before" | "after" };

const row = fc.record({
  name: fc.constantFrom("a", "b", "c"),
  t: fc.constantFrom(...TENANTS),
  s: fc.constantFrom(...SUBSCRIPTIONS),
  overwrite: fc.subarray(SUBSCRIPTIONS),
});

/** Rows as a list that was checked has them: one per name, per tenant and per subscription. */
const consistentRows = fc
  .uniqueArray(row, { selector: ({ name }) => name })
  .map((rows) => rows.filter((one, at) => !rows.slice(0, at).some(({ t, s }) => t === one.t || s === one.s)));

/** A write can rely on the rows that were declared before it only; one that a later row contradicts comes first. */
function uncontradicted(rows: readonly Row[]): readonly Row[] {
  return rows.filter((one, at) => !rows.slice(0, at).some(({ t, s }) => (t === one.t) !== (s === one.s)));
}

const up = (rows: fc.Arbitrary<Row[]>): fc.Arbitrary<Command> => fc.record({ kind: fc.constant("up" as const), rows });

const outside: fc.Arbitrary<Command> = fc.record({
  kind: fc.constant("outside" as const),
  t: fc.constantFrom(undefined, ...TENANTS),
  s: fc.constantFrom(...SUBSCRIPTIONS),
});

const refresh: fc.Arbitrary<Command> = fc.constant({ kind: "refresh" });

const lose: fc.Arbitrary<Command> = fc.record({
  kind: fc.constant("lose" as const),
  operation: fc.constantFrom(
    "putCustomerSubscription" as const,
    "deleteCustomerSubscription" as const,
    "getCustomerSubscription" as const,
    "listCustomerSubscriptions" as const,
  ),
  when: fc.constantFrom("before" as const, "after" as const),
});

function programOf(rows: readonly Row[]): Program {
  return Object.fromEntries(rows.map(({ name, t, s, overwrite }) => [name, declaration(t, s, { overwrite })]));
}

function isSame(left: MemoryMapping, right: MemoryMapping): boolean {
  return left.tenantId === right.tenantId && left.customerSubscriptionId === right.customerSubscriptionId;
}

function without(mappings: readonly MemoryMapping[], others: readonly MemoryMapping[]): readonly MemoryMapping[] {
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
function createStack(scheduler: fc.Scheduler, keepDisplaced = false) {
  const client = createMemoryRegistrationsClient(worldOf([], { keepDisplaced }));
  const violations: MemoryMapping[] = [];
  let allowed: readonly { readonly by: Row; readonly held: readonly MemoryMapping[] }[] = [];
  const onWrite = (written: MemoryMapping, displaced: readonly MemoryMapping[]) => {
    const writers = allowed.filter(({ by }) => isSame(mapping(by.t, by.s), written));
    const isNamed = (lost: MemoryMapping) =>
      writers.some(
        ({ by, held }) =>
          held.some((one) => isSame(one, lost)) ||
          by.overwrite.some((s) => subscription(s) === lost.customerSubscriptionId),
      );
    violations.push(...displaced.filter((lost) => !isNamed(lost)));
  };
  const engine = createEngine(observed(client, scheduler, onWrite));
  return {
    client,
    engine,
    live: () => client.mappings(paris),
    async up(next: readonly Row[]) {
      const unchanged = uncontradicted(next).filter(({ name, t, s }) =>
        heldBy(engine, name).some((one) => isSame(one, mapping(t, s))),
      );
      const before = client.mappings(paris);
      allowed = next.map((by) => ({ by, held: heldBy(engine, by.name) }));
      const outcome = await scheduler.waitFor(engine.up(programOf(next)));
      assert.deepEqual(violations, [], "a write displaced what nobody named");
      for (const { t, s } of unchanged) {
        const kept = (mappings: readonly MemoryMapping[]) => mappings.some((one) => isSame(one, mapping(t, s)));
        assert.ok(!kept(before) || kept(client.mappings(paris)), `tenant ${t}, declared and unchanged, lost ${s}`);
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

/** Returns how many resources failed. */
async function carryOut(stack: Stack, command: Command): Promise<number> {
  if (command.kind === "up") return (await stack.up(command.rows)).errors.length;
  if (command.kind === "refresh") return (await stack.refresh()).errors.length;
  if (command.kind === "outside") await stack.outside(command.t, command.s);
  else stack.client.fail({ operation: command.operation, when: command.when, error: serviceFailed() });
  return 0;
}

describe("any sequence of runs and of changes from outside", () => {
  it("displaces nothing that nobody named, and takes no mapping from a row that stays", async () => {
    const commands = fc.array(fc.oneof({ weight: 3, arbitrary: up(consistentRows) }, refresh, outside, lose), {
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, fc.boolean(), async (scheduler, sequence, keepDisplaced) => {
        const stack = createStack(scheduler, keepDisplaced);
        for (const command of sequence) await carryOut(stack, command);
      }),
      { numRuns: cases(600, 15000) },
    );
  });

  it("ends as declared after a refresh and a run without errors, and leaves what was never ours", async () => {
    const commands = fc.array(fc.oneof({ weight: 3, arbitrary: up(consistentRows) }, refresh, outside), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, consistentRows, async (scheduler, sequence, rows) => {
        const stack = createStack(scheduler);
        const foreign = new Set<string>();
        let failures = 0;
        for (const command of sequence) {
          failures += await carryOut(stack, command);
          if (command.kind === "outside" && command.t !== undefined)
            foreign.add(`${tenant(command.t)} ${subscription(command.s)}`);
        }
        await stack.refresh();
        const { errors } = await stack.up(rows);
        if (errors.length > 0) return;

        const declared = rows.map(({ t, s }) => mapping(t, s));
        assert.deepEqual(without(declared, stack.live()), [], "a declared mapping is not live");
        if (failures > 0) return;
        const others = without(stack.live(), declared);
        assert.deepEqual(
          others.filter((one) => !foreign.has(`${one.tenantId} ${one.customerSubscriptionId}`)),
          [],
          "a mapping of ours was left behind",
        );
      }),
      { numRuns: cases(600, 15000) },
    );
  });

  it("reaches what is declared in one run where everything in the way is named", async () => {
    const commands = fc.array(fc.oneof(up(consistentRows), outside), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, consistentRows, async (scheduler, sequence, rows) => {
        const stack = createStack(scheduler);
        for (const command of sequence) await carryOut(stack, command);
        await stack.refresh();

        const { errors } = await stack.up(rows.map((one) => ({ ...one, overwrite: SUBSCRIPTIONS })));

        assert.deepEqual(
          errors.map(({ message }) => message),
          [],
        );
        assert.deepEqual(
          without(
            rows.map(({ t, s }) => mapping(t, s)),
            stack.live(),
          ),
          [],
        );
        const again = stack.client.calls.length;
        assert.deepEqual((await stack.up(rows)).errors, []);
        assert.equal(stack.client.calls.length, again, "a run without changes sent something");
      }),
      { numRuns: cases(400, 10000) },
    );
  });

  it("reaches it after any failures of the service, once they are over", async () => {
    const commands = fc.array(fc.oneof(up(consistentRows), outside, lose), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, consistentRows, async (scheduler, sequence, rows) => {
        const stack = createStack(scheduler);
        for (const command of sequence) await carryOut(stack, command);

        const named = rows.map((one) => ({ ...one, overwrite: SUBSCRIPTIONS }));
        for (let failures = 1, runs = 0; failures > 0; runs += 1) {
          assert.ok(runs <= sequence.length, "runs go on failing");
          failures = (await stack.refresh()).errors.length + (await stack.up(named)).errors.length;
        }

        const declared = rows.map(({ t, s }) => mapping(t, s));
        assert.deepEqual(without(declared, stack.live()), []);
        assert.equal(stack.engine.state.size, rows.length);
      }),
      { numRuns: cases(400, 10000) },
    );
  });

  it("removes everything of ours with a destroy, where no run has failed half-way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(up(consistentRows), { maxLength: 5 }), async (scheduler, sequence) => {
        const stack = createStack(scheduler);
        let failures = 0;
        for (const command of sequence) failures += await carryOut(stack, command);
        if (failures > 0) return;

        assert.deepEqual((await scheduler.waitFor(stack.engine.destroy())).errors, []);

        assert.deepEqual(stack.live(), []);
      }),
      { numRuns: cases(200, 5000) },
    );
  });

  it("never lets contradicting rows take a mapping from each other unnamed", async () => {
    const rows = fc
      .uniqueArray(row, { selector: ({ name }) => name })
      .map((all) => all.map((one) => ({ ...one, overwrite: [] })));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(up(rows), { maxLength: 6 }), async (scheduler, sequence) => {
        const stack = createStack(scheduler);
        for (const command of sequence) await carryOut(stack, command);
      }),
      { numRuns: cases(400, 10000) },
    );
  });
});

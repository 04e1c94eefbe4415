import assert from "node:assert/strict";
import type { MemoryRegistrationsClient } from "../../../../../support/memory/memoryRegistrationsClient.ts";
import type { Program, UpOptions } from "../engine.ts";
import {
  armIdOf,
  createWorld,
  declaration,
  mapping,
  notAuthorized,
  paris,
  serviceFailed,
  subscription,
  tenant,
  writes,
} from "../harness.ts";
import { bySubscription, deployed, failed, succeeded } from "./deployed.ts";

interface Sequence {
  readonly before: Program;
  readonly after: Program;
  /** What makes the run fail; by default the program itself. */
  readonly disturb?: (client: MemoryRegistrationsClient) => void;
  readonly options?: UpOptions;
  /** The subscriptions that the state holds after the run that failed. */
  readonly held: readonly number[];
  /** The program of the run that ends clean; by default the same. */
  readonly mended?: Program;
}

const lostWrite = (client: MemoryRegistrationsClient) =>
  client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });
const lostLook = (client: MemoryRegistrationsClient) =>
  client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });

const sequences: Readonly<Record<string, Sequence>> = {
  "a subscription handed to another tenant, not named": {
    before: { giver: declaration(1, 1) },
    after: { taker: declaration(2, 1) },
    held: [1],
    mended: { taker: declaration(2, 1, { overwrite: [1] }) },
  },
  "a subscription handed to another tenant, whose write was lost": {
    before: { giver: declaration(1, 1) },
    after: { taker: declaration(2, 1, { overwrite: [1] }) },
    disturb: lostWrite,
    held: [1, 1],
  },
  "a row that is renamed": {
    before: { old: declaration(1, 1) },
    after: { renamed: declaration(1, 1) },
    disturb: lostLook,
    held: [1],
  },
  "a row that is renamed, and is checked and left out": {
    before: { old: declaration(1, 1) },
    after: { renamed: declaration(1, 1) },
    options: { leftOut: ["renamed"] },
    held: [1],
  },
  "rows that are named by their position, of which the first goes": {
    before: { 0: declaration(1, 1), 1: declaration(2, 2), 2: declaration(3, 3) },
    after: { 0: declaration(2, 2), 1: declaration(3, 3) },
    disturb: lostLook,
    held: [1, 2, 3],
  },
  "a tenant that moves under another name": {
    before: { old: declaration(1, 1) },
    after: { renamed: declaration(1, 2) },
    held: [1],
    mended: { renamed: declaration(1, 2, { overwrite: [1] }) },
  },
  "a tenant that moves under another name, whose write was lost": {
    before: { old: declaration(1, 1) },
    after: { renamed: declaration(1, 2, { overwrite: [1] }) },
    disturb: lostWrite,
    held: [1, 2],
  },
  "a tenant that moves, whose write was lost": {
    before: { row: declaration(1, 1) },
    after: { row: declaration(1, 2) },
    disturb: lostWrite,
    held: [1, 2],
  },
};

for (const [what, { before, after, disturb, options, held, mended = after }] of Object.entries(sequences)) {
  describe(`${what}: a run that goes on past the failure`, () => {
    it("keeps every live mapping in the state, and the next one ends clean", async () => {
      for (const keepDisplaced of [false, true]) {
        const { client, engine } = await deployed(before, createWorld([], { keepDisplaced }));
        const live = client.mappings(paris);
        disturb?.(client);

        const outcome = await engine.up(after, { continueOnError: true, ...options });

        await failed(outcome, /CSP_SUCCESSOR_NOT_MADE/);
        assert.deepEqual(bySubscription(client.mappings(paris)), bySubscription(live));
        const states = [...engine.state.values(), ...engine.pending].map(({ id }) => id);
        assert.deepEqual(states.toSorted(), held.map((s) => armIdOf(s)).toSorted());
        assert.equal(writes(client).filter((write) => write.startsWith("DELETE")).length, 0);

        succeeded(await engine.up(mended));
        assert.deepEqual([...engine.state.keys()].toSorted(), Object.keys(mended).toSorted());
        assert.deepEqual(engine.pending, []);
      }
    });
  });
}

describe("a row that is deleted before it is replaced with the same", () => {
  const program = { row: declaration(1, 1) };
  const options = { replace: ["row"], deleteBeforeReplace: ["row"] };

  it("sends nothing", async () => {
    const { client, engine } = await deployed(program);

    succeeded(await engine.up(program, options));

    assert.deepEqual(writes(client), [`PUT ${subscription(1)}`]);
  });

  it("stays in the state where its create fails, and goes with its row", async () => {
    const { client, engine } = await deployed(program);
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: notAuthorized() });

    await failed(await engine.up(program, options), /CSP_NOT_AUTHORIZED/);

    const kept = engine.state.get("row");
    assert.equal(kept?.id, armIdOf(1));
    assert.equal(kept?.outputs.tenantId, tenant(1));
    succeeded(await engine.up({}));
    assert.deepEqual(client.mappings(paris), []);
  });
});

describe("rows that are named by their position, each deleted before it is replaced", () => {
  it("change places without a write", async () => {
    const { client, engine } = await deployed({ 0: declaration(1, 1), 1: declaration(2, 2) });
    const reordered = { 0: declaration(2, 2), 1: declaration(1, 1) };

    succeeded(await engine.up(reordered, { deleteBeforeReplace: ["0", "1"] }));

    assert.equal(writes(client).length, 2);
    assert.equal(engine.state.get("0")?.id, armIdOf(2));
  });

  it("keep the one that goes in the state where the one that is to have its place could not be removed", async () => {
    const { client, engine } = await deployed({ 0: declaration(1, 1), 1: declaration(2, 2) });
    client.fail({ operation: "deleteCustomerSubscription", when: "before", error: serviceFailed() });

    const options = { deleteBeforeReplace: ["0"], continueOnError: true };
    await failed(await engine.up({ 0: declaration(2, 2) }, options), /CSP_SERVICE_FAILED[\s\S]*CSP_SUCCESSOR_NOT_MADE/);

    assert.deepEqual([...engine.state.keys()], ["0", "1"]);
    succeeded(await engine.up({ 0: declaration(2, 2) }, options));
    assert.deepEqual(client.mappings(paris), [mapping(2, 2)]);
  });
});

describe("two rows that swap, each deleted before it is replaced", () => {
  it("end on each other's subscription", async () => {
    for (const keepDisplaced of [false, true]) {
      const client = createWorld([], { keepDisplaced });
      const { engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) }, client);
      const swapped = { a: declaration(1, 2, { overwrite: [2] }), b: declaration(2, 1, { overwrite: [1] }) };

      succeeded(await engine.up(swapped, { deleteBeforeReplace: ["a", "b"] }));

      assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 2)]);
      assert.deepEqual(engine.pending, []);
    }
  });
});

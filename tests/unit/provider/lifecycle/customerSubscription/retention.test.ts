import assert from "node:assert/strict";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import type { MemoryMapping } from "../../../../support/memory/memoryWorld.ts";
import { createEngine, type Outcome, type Program, type Stored } from "./engine.ts";
import { armIdOf, createWorld, declaration, idOf, mapping, paris, serviceFailed, tenant, writes } from "./harness.ts";

/** The engine's clock stands at 2026-06-15. */
const RETAINED = { retainUntil: "2026-06-15" };
const ENDED = { retainUntil: "2026-06-14" };

/** A stack that holds tenant 1 on subscription 1, and a world in which it is live. */
function deployed(outputs: object = RETAINED, live: readonly MemoryMapping[] = [mapping(1, 1)]) {
  const client = createWorld(live);
  const one: Stored = {
    id: armIdOf(1),
    inputs: {},
    outputs: { tenantId: tenant(1), ...outputs },
    failed: false,
  };
  return { client, engine: createEngine(client, [["one", one]]) };
}

function codes({ errors }: Outcome): readonly (string | undefined)[] {
  return errors.map((error) => (hasCode(error, "CSP_RETAINED") ? error.code : error.message));
}

describe("a mapping that is retained", () => {
  const takers: Readonly<Record<string, Program>> = {
    "is not moved to another subscription": { one: declaration(1, 2, RETAINED) },
    "is not moved by a run that lifts the date as well": { one: declaration(1, 2) },
    "is not moved where `overwrite` names it": { one: declaration(1, 2, { overwrite: [1] }) },
    "does not get another tenant": { one: declaration(2, 1, RETAINED) },
    "does not get another tenant where `overwrite` names it": { one: declaration(2, 1, { overwrite: [1] }) },
  };
  for (const [fact, program] of Object.entries(takers)) {
    it(fact, async () => {
      const { client, engine } = deployed();

      const outcome = await engine.up(program);

      assert.deepEqual(codes(outcome), ["CSP_RETAINED"]);
      assert.deepEqual(writes(client), []);
      assert.deepEqual(codes(await engine.up({ one: declaration(1, 1, RETAINED) })), []);
    });

    it(`${fact}, until its last day has ended`, async () => {
      const { engine } = deployed(ENDED);

      assert.deepEqual(codes(await engine.up(program)), []);
    });
  }

  it("is not taken away by another resource of the run either", async () => {
    const { client, engine } = deployed(RETAINED, [mapping(1, 1), mapping(2, 2)]);

    const swap = { one: declaration(1, 2, { overwrite: [1, 2] }), two: declaration(2, 1, { overwrite: [1, 2] }) };
    const outcome = await engine.up(swap);

    assert.ok(codes(outcome).every((code) => code === "CSP_RETAINED"));
    assert.deepEqual(writes(client), []);
  });

  it("is looked up, because a list may not show it yet", async () => {
    const { client, engine } = deployed(RETAINED, []);
    client.freezeLists();
    await client.putCustomerSubscription(idOf(1), tenant(1));

    assert.deepEqual(codes(await engine.up({ one: declaration(1, 2) })), ["CSP_RETAINED"]);
  });

  it("keeps nothing back where it is gone, or somebody else's by now", async () => {
    for (const live of [[], [mapping(9, 1)]]) {
      const { client, engine } = deployed(RETAINED, live);

      assert.deepEqual(codes(await engine.up({ one: declaration(1, 2) })), []);
      assert.deepEqual(client.mappings(paris), [...live, mapping(1, 2)]);
    }
  });

  it("is restored after somebody gave its subscription to another tenant", async () => {
    const { client, engine } = deployed(RETAINED, [mapping(9, 1)]);
    await engine.refresh();

    assert.deepEqual(codes(await engine.up({ one: declaration(1, 1, RETAINED) })), []);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("does not keep a run from going back after one that was interrupted", async () => {
    const { client, engine } = deployed({});
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });
    client.fail({ operation: "getCustomerSubscription", when: "before", error: serviceFailed() });
    const interrupted = await engine.up({ one: declaration(1, 2, RETAINED) });
    assert.equal(interrupted.errors.length, 1);
    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);

    assert.deepEqual(codes(await engine.up({ one: declaration(1, 1, RETAINED) })), []);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });
});

import assert from "node:assert/strict";
import { createMemoryRegistrationsClient } from "../../../provider/src/clients/memory/memoryRegistrationsClient.ts";
import type { MemoryLock, MemoryMapping } from "../../../provider/src/clients/memory/memoryWorld.ts";
import { createEngine, type Outcome, type Program } from "./engine.ts";
import {
  armIdOf,
  createWorld,
  declaration,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  rejection,
  serviceFailed,
  strictCase,
  subscription,
  tenant,
  worldOf,
  writes,
} from "./harness.ts";

/** A stack that has brought up a program on an empty world. */
async function deployed(program: Program, client = createWorld()) {
  const engine = createEngine(client);
  succeeded(await engine.up(program));
  return { client, engine };
}

function succeeded({ errors }: Outcome): void {
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
  );
}

async function failed({ errors }: Outcome, pattern: RegExp): Promise<void> {
  for (const error of errors) await rejection(Promise.reject(error));
  assert.match(errors.map(({ message }) => message).join("\n"), pattern);
}

function bySubscription(mappings: readonly MemoryMapping[]): readonly MemoryMapping[] {
  return mappings.toSorted((left, right) => left.customerSubscriptionId.localeCompare(right.customerSubscriptionId));
}

describe("a row that is renamed or re-parented", () => {
  it("keeps its mapping, without a write", async () => {
    const { client, engine } = await deployed({ old: declaration(1, 1) });

    const outcome = await engine.up({ renamed: declaration(1, 1) });

    succeeded(outcome);
    assert.deepEqual(writes(client), [`PUT ${subscription(1)}`]);
    assert.match(outcome.said.join(), /adopted[\s\S]*declared by another resource/);
    assert.deepEqual([...engine.state.keys()], ["renamed"]);
  });

  it("keeps all mappings of a list that is renamed as a whole", async () => {
    const numbers = Array.from({ length: 30 }, (_, n) => n + 1);
    const program = (prefix: string) => Object.fromEntries(numbers.map((n) => [`${prefix}${n}`, declaration(n, n)]));
    const { client, engine } = await deployed(program("old"));

    succeeded(await engine.up(program("new")));

    assert.deepEqual(
      bySubscription(client.mappings(paris)),
      numbers.map((n) => mapping(n, n)),
    );
    assert.equal(writes(client).length, numbers.length);
  });
});

describe("a resource that is replaced by hand", () => {
  it("keeps its mapping, without a write", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    succeeded(await engine.up({ a: declaration(1, 1) }, { replace: ["a"] }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.equal(writes(client).length, 1);
    assert.deepEqual(engine.pending, []);
  });
});

describe("two tenants that swap subscriptions", () => {
  const before = { a: declaration(1, 1), b: declaration(2, 2) };

  it("are both refused where nothing is named, and keep what they have", async () => {
    const { client, engine } = await deployed(before);

    await failed(await engine.up({ a: declaration(1, 2), b: declaration(2, 1) }), /CSP_SUBSCRIPTION_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 2)]);
  });

  it("swap where each names what it takes, with the old mappings left behind or not", async () => {
    for (const keepDisplaced of [false, true]) {
      const { client, engine } = await deployed(before, createWorld([], { keepDisplaced }));

      succeeded(
        await engine.up({ a: declaration(1, 2, { overwrite: [2] }), b: declaration(2, 1, { overwrite: [1] }) }),
      );

      assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 2)]);
    }
  });

  it("swap in place, where the resources are keyed by subscription", async () => {
    const { client, engine } = await deployed(before);

    succeeded(await engine.up({ a: declaration(2, 1, { overwrite: [2] }), b: declaration(1, 2, { overwrite: [1] }) }));

    assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 2)]);
  });
});

describe("a subscription that is handed from one tenant to another", () => {
  it("is refused where it is not named, and stays", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    await failed(await engine.up({ b: declaration(2, 1) }), /CSP_SUBSCRIPTION_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("is handed over where it is named, and the old row's removal does not take it away", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    succeeded(await engine.up({ b: declaration(2, 1, { overwrite: [1] }) }));

    assert.deepEqual(client.mappings(paris), [mapping(2, 1)]);
    assert.deepEqual([...engine.state.keys()], ["b"]);
  });

  it("is handed over while its tenant moves to another one", async () => {
    for (const names of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const { client, engine } = await deployed({ a: declaration(1, 1) });
      const after = { a: declaration(1, 3), b: declaration(2, 1, { overwrite: [1] }) };

      succeeded(await engine.up(Object.fromEntries(names.map((name) => [name, after[name]]))));

      assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 3)]);
    }
  });
});

describe("a tenant that moves to another subscription", () => {
  it("moves without being named, with the old mapping left behind or not", async () => {
    for (const keepDisplaced of [false, true]) {
      const { client, engine } = await deployed({ a: declaration(1, 1) }, createWorld([], { keepDisplaced }));

      succeeded(await engine.up({ a: declaration(1, 2) }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
      assert.deepEqual(engine.pending, []);
    }
  });

  it("does not take a mapping that somebody else made for the tenant meanwhile", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(7), tenant(1));

    await failed(await engine.up({ a: declaration(1, 2) }), /CSP_TENANT_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 7)]);
  });

  it("does not take the old subscription from the tenant it turns to", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(1), tenant(9));

    await failed(await engine.up({ a: declaration(9, 2) }), /CSP_TENANT_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("leaves alone who has taken the old subscription meanwhile", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(1), tenant(9));

    succeeded(await engine.up({ a: declaration(1, 2) }));

    assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(9, 1), mapping(1, 2)]);
  });

  it("is finished by the next run where the first was killed after the write", async () => {
    for (const keepDisplaced of [false, true]) {
      const { client, engine } = await deployed({ a: declaration(1, 1) }, createWorld([], { keepDisplaced }));
      await client.putCustomerSubscription(idOf(2), tenant(1));

      succeeded(await engine.up({ a: declaration(1, 2) }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
    }
  });

  it("moves to another registration, the new mapping before the old one goes", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    succeeded(await engine.up({ a: declaration(1, 1, { registration: lyon }) }));

    assert.deepEqual(client.mappings(paris), []);
    assert.deepEqual(client.mappings(lyon), [mapping(1, 1)]);
    assert.deepEqual(writes(client), [`PUT ${subscription(1)}`, `PUT ${subscription(1)}`, `DELETE ${subscription(1)}`]);
  });
});

describe("a move whose old mapping is locked and left behind", () => {
  async function halfMoved() {
    const locks: MemoryLock[] = [];
    const registration = { ...paris, locks };
    const client = createMemoryRegistrationsClient({
      ...worldOf(),
      registrations: [registration],
      keepDisplaced: true,
    });
    const { engine } = await deployed({ a: declaration(1, 1) }, client);
    locks.push({ name: "Keep", level: "CanNotDelete" });
    await failed(await engine.up({ a: declaration(1, 2) }), /CSP_SCOPE_LOCKED/);
    return { client, engine, locks };
  }

  it("keeps both in the state, and the tenant on the new one", async () => {
    const { client, engine } = await halfMoved();

    assert.equal(engine.state.get("a")?.id, armIdOf(2));
    assert.equal(engine.pending[0]?.id, armIdOf(1));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(1, 2)]);
  });

  it("ends on the new one when the lock is lifted", async () => {
    const { client, engine, locks } = await halfMoved();
    locks.length = 0;

    succeeded(await engine.up({ a: declaration(1, 2) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("is reverted by a write, so that the tenant counts on the old one again, and never loses it", async () => {
    const { client, engine, locks } = await halfMoved();

    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_SCOPE_LOCKED/);
    assert.deepEqual(
      writes(client).filter((write) => write.startsWith("PUT")),
      [1, 2, 1].map((s) => `PUT ${subscription(s)}`),
    );
    locks.length = 0;
    succeeded(await engine.up({ a: declaration(1, 1) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.deepEqual(engine.pending, []);
  });
});

describe("a run whose state was lost", () => {
  it("is rebuilt by the next one, without a write", async () => {
    const program = { a: declaration(1, 1), b: declaration(2, 2), c: declaration(3, 3, { registration: lyon }) };
    const { client, engine } = await deployed(program);
    const rebuilt = createEngine(client);

    succeeded(await rebuilt.up(program));

    assert.deepEqual(rebuilt.state, engine.state);
    assert.equal(writes(client).length, 3);
  });
});

describe("an answer that was lost", () => {
  it("leaves a resource that the next run settles", async () => {
    const client = createWorld();
    const engine = createEngine(client);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });
    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_OUTCOME_UNKNOWN/);

    succeeded(await engine.up({ a: declaration(1, 1) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.equal(engine.state.get("a")?.failed, false);
  });

  it("does not let the mapping be forgotten where the row is removed next", async () => {
    const client = createWorld();
    const engine = createEngine(client);
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });
    client.fail({ operation: "getCustomerSubscription", when: "before", times: 9, error: notAuthorized() });
    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_OUTCOME_UNKNOWN/);
    const mended = createWorld(client.mappings(paris));
    const later = createEngine(mended, engine.state);

    succeeded(await later.up({}));

    assert.deepEqual(mended.mappings(paris), []);
  });
});

describe("a drift", () => {
  it("is shown by a refresh and mended by the next run, declared or left out", async () => {
    for (const t of [1, undefined]) {
      const world = createWorld([], { subscriptions: [{ subscriptionId: subscription(1), tenantId: tenant(1) }] });
      const { client, engine } = await deployed({ a: declaration(t, 1) }, world);
      await client.putCustomerSubscription(idOf(1), tenant(9));
      succeeded(await engine.refresh());
      assert.equal(engine.state.get("a")?.inputs.tenantId, tenant(9));

      succeeded(await engine.up({ a: declaration(t, 1) }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
      succeeded(await engine.up({ a: declaration(t, 1) }));
      assert.equal(writes(client).length, 3);
    }
  });

  it("is not removed with its row", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(1), tenant(9));

    succeeded(await engine.refresh());
    succeeded(await engine.up({}));

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("of a vanished mapping is made good", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.deleteCustomerSubscription(idOf(1));

    succeeded(await engine.refresh());
    succeeded(await engine.up({ a: declaration(1, 1) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });
});

describe("a refresh, an update and a destroy without access", () => {
  it("lose no state, and change nothing when access is back", async () => {
    const program = { a: declaration(1, 1), b: declaration(2, 2) };
    const { client, engine } = await deployed(program);
    for (const operation of ["listCustomerSubscriptions", "getCustomerSubscription"] as const) {
      client.fail({ operation, when: "before", times: 4, error: notAuthorized() });
    }

    await failed(await engine.refresh(), /CSP_NOT_AUTHORIZED/);
    await failed(await engine.destroy(), /CSP_NOT_AUTHORIZED/);

    assert.equal(engine.state.size, 2);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 2)]);
  });
});

describe("a registration that has vanished", () => {
  it("is refreshed and destroyed to an empty state", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) });
    client.removeRegistration(paris);
    const copy = createEngine(client, engine.state);

    succeeded(await engine.refresh());
    succeeded(await copy.destroy());

    assert.equal(engine.state.size + copy.state.size, 0);
  });
});

describe("two rows that claim one tenant", () => {
  it("are stopped before the second is written, whichever comes first", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    for (const program of [
      { a: declaration(1, 1), b: declaration(1, 2, { overwrite: [1] }) },
      { b: declaration(1, 2), a: declaration(1, 1) },
    ]) {
      await failed(await engine.up(program), /CSP_CLAIMED_TWICE|CSP_TENANT_MAPPED_ELSEWHERE/);
      assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    }
  });

  it("are stopped also where one of them is an old name of the other", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    await failed(await engine.up({ renamed: declaration(1, 1), b: declaration(1, 2) }), /CSP_CLAIMED_TWICE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });
});

describe("a column that has slipped by one row", () => {
  it("is stopped row by row, and every tenant keeps what it has", async () => {
    const numbers = [1, 2, 3, 4];
    const subscriptions = numbers.map((n) => ({ subscriptionId: subscription(n), tenantId: tenant(n) }));
    const rows = (shift: number) => numbers.map((n) => [`row${n}`, declaration(n, ((n + shift - 1) % 4) + 1)] as const);
    const { client, engine } = await deployed(Object.fromEntries(rows(0)), createWorld([], { subscriptions }));

    await failed(await engine.up(Object.fromEntries(rows(1))), /CSP_DIRECTORY_MISMATCH/);

    assert.deepEqual(
      client.mappings(paris),
      numbers.map((n) => mapping(n, n)),
    );
    succeeded(await engine.up(Object.fromEntries(rows(0))));
  });
});

describe("a service that minds letter case and writes in upper case", () => {
  const upper = { tenantId: tenant(1).toUpperCase(), customerSubscriptionId: subscription(1).toUpperCase() };

  it("is adopted, refreshed, changed and destroyed in its own spelling", async () => {
    const memory = createWorld([upper]);
    const engine = createEngine(strictCase(memory));

    succeeded(await engine.up({ a: declaration(1, 1) }));
    succeeded(await engine.refresh());
    succeeded(await engine.up({ a: declaration(1, 1) }));
    assert.deepEqual(writes(memory), []);
    succeeded(await engine.up({ a: declaration(2, 1) }));
    succeeded(await engine.destroy());

    assert.deepEqual(memory.mappings(paris), []);
    assert.deepEqual(writes(memory), [
      `PUT ${subscription(1).toUpperCase()}`,
      `DELETE ${subscription(1).toUpperCase()}`,
    ]);
  });

  it("is destroyed also where the state has the lower case of an earlier tool", async () => {
    const memory = createWorld([upper]);
    const stored = { id: armIdOf(1), outputs: { tenantId: tenant(1) }, inputs: declaration(1, 1), failed: false };
    const engine = createEngine(strictCase(memory), [["a", stored]]);

    succeeded(await engine.destroy());

    assert.deepEqual(memory.mappings(paris), []);
    assert.equal(engine.state.size, 0);
  });
});

describe("a list that lags behind", () => {
  it("loses nothing in a refresh, and makes no run repeat what is done", async () => {
    const client = createWorld();
    client.freezeLists();
    const { engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) }, client);

    succeeded(await engine.refresh());
    succeeded(await engine.up({ a: declaration(1, 1), b: declaration(2, 2) }));

    assert.equal(engine.state.size, 2);
    assert.equal(writes(client).length, 2);
  });

  it("does not keep what is gone, nor remove what is not ours", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) });
    client.freezeLists();
    await client.deleteCustomerSubscription(idOf(1));
    await client.putCustomerSubscription(idOf(2), tenant(9));

    succeeded(await engine.destroy());

    assert.equal(engine.state.size, 0);
    assert.deepEqual(client.mappings(paris), [mapping(9, 2)]);
  });
});

describe("a list that is emptied", () => {
  it("removes what is ours and nothing else", async () => {
    const { client, engine } = await deployed(
      { a: declaration(1, 1), b: declaration(2, 2) },
      createWorld([mapping(7, 7)]),
    );

    succeeded(await engine.up({}));

    assert.deepEqual(client.mappings(paris), [mapping(7, 7)]);
  });
});

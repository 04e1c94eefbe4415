import assert from "node:assert/strict";
import { createWorld, declaration, mapping, paris, subscription, tenant, writes } from "../harness.ts";
import { bySubscription, deployed, failed, succeeded } from "./deployed.ts";

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

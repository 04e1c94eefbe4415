import assert from "node:assert/strict";
import { registrationKey } from "../../../../../provider/src/domain/ids.ts";
import {
  accepted,
  count,
  createWorld,
  declaration,
  mapping,
  paris,
  startRun,
  stored,
  subscription,
  tenant,
} from "./harness.ts";

/** A mapping in a state that knows its subscription to be of tenant 9's directory. */
const wrong = { id: stored(1).id, outputs: { tenantId: tenant(1), directory: tenant(9) } };

/** A world in which tenant 1 is mapped to subscription 1, of the directory of another tenant. */
function worldOf(directory: number | undefined) {
  const tenantId = directory === undefined ? {} : { tenantId: tenant(directory) };
  return createWorld([mapping(1, 1)], { subscriptions: [{ subscriptionId: subscription(1), ...tenantId }] });
}

describe("createCustomerSubscription: a subscription of another directory", () => {
  it("is said by every run that leaves the mapping as it is, offline", async () => {
    const client = worldOf(9);
    const { lifecycle, said } = startRun(client);

    const { changes } = await lifecycle.diff({ ...wrong, inputs: accepted(lifecycle, declaration(1, 1)) });

    assert.equal(changes, false);

    assert.match(
      said.join("\n"),
      /^\[CSP_DIRECTORY_MISMATCH\] Customer subscription ccccdddd-.* directory aaaabbbb-.*9, /,
    );
    assert.deepEqual(client.calls, []);
  });

  for (const [what, declared] of [
    ["the tenant", declaration(9, 1)],
    ["the subscription", declaration(1, 2)],
  ] as const) {
    it(`is said no more where ${what} is corrected`, () => {
      const { lifecycle, said } = startRun(worldOf(9));

      lifecycle.diff({ ...wrong, inputs: accepted(lifecycle, declared) });

      assert.deepEqual(said, []);
    });
  }

  it("stays in the state where something else changes, and goes where the tenant is corrected", async () => {
    const update = async (properties: Readonly<Record<string, unknown>>) => {
      const { lifecycle } = startRun(worldOf(9));
      return await lifecycle.update({ ...wrong, inputs: accepted(lifecycle, properties) });
    };

    const retained = await update(declaration(1, 1, { retainUntil: "2027-01-31" }));
    const corrected = await update({ ...declaration(9, 1), overwrite: [subscription(1)] });

    assert.deepEqual(retained, { tenantId: tenant(1), directory: tenant(9), retainUntil: "2027-01-31" });
    assert.deepEqual(corrected, { tenantId: tenant(9) });
  });

  for (const [what, directory, expected] of [
    ["stays through a refresh while it is so", 8, { tenantId: tenant(1), directory: tenant(8) }],
    ["stays where Azure does not tell any more", undefined, { tenantId: tenant(1), directory: tenant(9) }],
    ["goes once it is right", 1, { tenantId: tenant(1) }],
  ] as const) {
    it(what, async () => {
      const found = await startRun(worldOf(directory)).lifecycle.read(wrong);

      assert.deepEqual(found, { id: wrong.id, outputs: expected, inputs: undefined });
    });
  }

  it("comes into the state with an import, which asks once", async () => {
    const client = worldOf(9);

    const found = await startRun(client).lifecycle.read({ id: wrong.id, outputs: {} });

    assert.deepEqual(found?.outputs, wrong.outputs);
    assert.equal(count(client, "getDirectory"), 1);
  });

  it("is not asked for by a look-up, nor by a refresh of what is not known to be wrong", async () => {
    const client = worldOf(9);

    await startRun(client).lifecycle.read({ id: wrong.id, outputs: { lookedUp: true } });
    await startRun(client).lifecycle.read(stored(1));

    assert.equal(count(client, "getDirectory"), 0);
  });

  describe("of a mapping that the guard does not remember", () => {
    const kept = ({ lifecycle }: ReturnType<typeof startRun>) => ({
      ...stored(1),
      inputs: accepted(lifecycle, declaration(1, 1), declaration(1, 1)),
    });

    it("is asked for once, said, and comes into the state without a write", async () => {
      const client = worldOf(9);
      const run = startRun(client);
      run.deps.run.findings.remember({});

      assert.deepEqual(await run.lifecycle.diff(kept(run)), { changes: true, replaces: [] });
      assert.deepEqual(await run.lifecycle.update(kept(run)), wrong.outputs);

      assert.match(run.said.join(), /^\[CSP_DIRECTORY_MISMATCH\]/);
      assert.deepEqual(
        client.calls.map(({ operation }) => operation),
        ["getDirectory"],
      );
    });

    it("changes nothing where it is right, and is said to be not known where Azure does not say it", async () => {
      for (const [directory, said] of [
        [1, ""],
        [undefined, /did not say which directory .* is not known/],
      ] as const) {
        const run = startRun(worldOf(directory));
        run.deps.run.findings.remember({});

        assert.equal((await run.lifecycle.diff(kept(run))).changes, false);

        assert.match(run.said.join(), new RegExp(said || "^$"));
      }
    });

    it("is not asked for where the guard remembers the mapping, or where there is none", async () => {
      for (const memory of [{ [registrationKey(paris)]: { [tenant(1)]: subscription(1) } }, undefined]) {
        const client = worldOf(9);
        const run = startRun(client);
        if (memory) run.deps.run.findings.remember(memory);

        assert.equal((await run.lifecycle.diff(kept(run))).changes, false);

        assert.deepEqual(client.calls, []);
      }
    });
  });
});

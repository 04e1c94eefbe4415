import assert from "node:assert/strict";
import type { ImportFile } from "../../../sdk/nodejs/src/reconcile/run/stackRun.ts";
import { transfer } from "../../../sdk/nodejs/src/reconcile/stacks/transfer.ts";

const TYPE = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";
const registration =
  "/subscriptions/a0000000-0000-4000-8000-000000000000/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/paris";
const first = `${registration}/customerSubscriptions/b0000000-0000-4000-8000-000000000001`;
const second = `${registration}/customerSubscriptions/b0000000-0000-4000-8000-000000000002`;

function stackWith(stack: string, ...resources: readonly { name: string; type?: string; id?: string }[]) {
  const calls: { imported?: ImportFile; replaced?: unknown } = {};
  const deployment = {
    resources: resources.map(({ name, type = TYPE, id }) => ({
      urn: `urn:pulumi:${stack}::azurestack-csp::${type}::${name}`,
      type,
      id,
      inputs: {},
    })),
  };
  return {
    calls,
    state: { stack, managed: [], deployment },
    run: {
      import: async (file: ImportFile) => {
        calls.imported = file;
      },
      replaceState: async (replaced: unknown) => {
        calls.replaced = replaced;
      },
    },
  };
}

describe("transfer", () => {
  it("imports what the receiver takes and removes it, with the guard's memory, from the other state", async () => {
    const from = stackWith("one", { name: "paris/a", id: first }, { name: "g", type: GUARD, id: "guard" });
    const to = stackWith("two");

    assert.equal(await transfer({ from, to, takes: () => true }), 1);

    assert.deepEqual(
      to.calls.imported?.resources.map(({ name, id }) => ({ name, id })),
      [{ name: "paris/a", id: first }],
    );
    assert.deepEqual(from.calls.replaced, { resources: [] });
  });

  it("finishes what was interrupted when both held it", async () => {
    const from = stackWith("one", { name: "paris/a", id: first });
    const to = stackWith("two", { name: "paris/a", id: first.toUpperCase() });

    assert.equal(await transfer({ from, to, takes: () => true }), 1);

    assert.equal(to.calls.imported, undefined);
    assert.deepEqual(from.calls.replaced, { resources: [] });
  });

  for (const [title, to, takes] of [
    ["the receiver does not take", stackWith("two"), () => false],
    ["has the name of another mapping there", stackWith("two", { name: "paris/a", id: second }), () => true],
  ] as const) {
    it(`leaves where it is what ${title}`, async () => {
      const from = stackWith("one", { name: "paris/a", id: first });

      assert.equal(await transfer({ from, to, takes }), 0);

      assert.deepEqual([from.calls, to.calls], [{}, {}]);
    });
  }
});

import assert from "node:assert/strict";
import { ProviderError } from "@azurestack-csp/provider";
import { type VerifyRequest, verify } from "../../../../../sdk/nodejs/src/cli/reconcile/verify.ts";
import {
  createMemoryRegistrationsClient,
  type MemoryRegistrationsClient,
} from "../../../../support/memory/memoryRegistrationsClient.ts";
import {
  armIdOf,
  createWorld,
  lyon,
  mapping,
  notAuthorized,
  tenant,
} from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { listOf, managed } from "./customers.ts";

const nothing = { confirmed: 0, missing: [], remaining: [], extras: [], wrong: [], unverified: [] };

/** Verifies a run after which the stack manages what the list declares. */
async function verified(
  client: MemoryRegistrationsClient,
  {
    declared,
    before,
    ...more
  }: { readonly declared: readonly number[] } & Pick<VerifyRequest, "before"> & Partial<VerifyRequest>,
) {
  const after = declared.map((n) => managed(n));
  return await verify(() => client, { list: listOf(...declared), before, after, today: "2026-06-15", ...more });
}

describe("verify", () => {
  it("confirms what is live as declared, and that what was removed is gone", async () => {
    const client = createWorld([mapping(1, 1)]);

    const found = await verified(client, { declared: [1], before: [managed(1), managed(2)] });

    assert.deepEqual(found, { ...nothing, confirmed: 1 });
  });

  it("takes a removed mapping for gone where Azure says either that it, or that no such resource, is there", async () => {
    const client = createWorld();
    const error = new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: armIdOf(2) });
    client.fail({ operation: "getCustomerSubscription", id: armIdOf(2), when: "before", error });

    assert.deepEqual(await verified(client, { declared: [], before: [managed(1), managed(2)] }), nothing);
  });

  it("names what is declared and not live, or live for another tenant", async () => {
    const client = createWorld([mapping(9, 2)]);

    const found = await verified(client, { declared: [1, 2], before: [] });

    assert.deepEqual([...found.missing].sort(), [armIdOf(1), armIdOf(2)]);
    assert.equal(found.confirmed, 0);
  });

  it("names what was removed and is live all the same, and not as an extra besides", async () => {
    const client = createWorld([mapping(1, 1)]);

    assert.deepEqual(await verified(client, { declared: [], before: [managed(1)] }), {
      ...nothing,
      remaining: [armIdOf(1)],
    });
  });

  it("names what nobody declares or manages as extra", async () => {
    assert.deepEqual(await verified(createWorld([mapping(7, 7)]), { declared: [], before: [] }), {
      ...nothing,
      extras: [armIdOf(7)],
    });
  });

  it("knows nothing of a removed mapping that Azure does not show, and does not call it gone", async () => {
    const client = createWorld();
    const error = notAuthorized();
    client.fail({ operation: "getCustomerSubscription", when: "before", error });

    const found = await verified(client, { declared: [], before: [managed(1)] });

    const { code, message } = error;
    assert.deepEqual(found, { ...nothing, unverified: [{ id: armIdOf(1), code, message }] });
  });

  it("does not confirm what is live with a subscription of another directory, and names it", async () => {
    const wrong = managed(1, { directory: tenant(9) });
    const list = listOf(1, 2);

    const found = await verify(() => createWorld([mapping(1, 1), mapping(2, 2)]), {
      list,
      before: [wrong, managed(2)],
      after: [wrong, managed(2)],
      today: "2026-06-15",
    });

    assert.deepEqual(found, { ...nothing, confirmed: 1, wrong: [armIdOf(1)] });
  });

  it("does not confirm what is live for a tenant that Azure does not tell", async () => {
    const client = createWorld([mapping(1, 1)]);
    const silent = {
      ...client,
      listCustomerSubscriptions: async (...args: Parameters<typeof client.listCustomerSubscriptions>) =>
        (await client.listCustomerSubscriptions(...args)).map((live) => ({ ...live, tenantId: undefined })),
    };

    const found = await verify(() => silent, {
      list: listOf(1),
      before: [managed(1)],
      after: [managed(1)],
      today: "2026-06-15",
    });

    assert.equal(found.confirmed, 0);
    assert.deepEqual(
      found.unverified.map(({ code }) => code),
      ["CSP_LIVE_TENANT_UNKNOWN"],
    );
  });

  it("knows nothing of a registration that cannot be read, and calls nothing of it missing", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: notAuthorized() });

    const found = await verified(client, { declared: [1, 2], before: [] });

    assert.deepEqual(
      { ...found, unverified: found.unverified.map(({ id, code }) => [id, code]) },
      { ...nothing, unverified: [[armIdOf(1).split("/customerSubscriptions")[0], "CSP_NOT_AUTHORIZED"]] },
    );
  });

  it("takes a removed mapping for gone together with its registration, and not by the 404 alone", async () => {
    const before = [managed(1)];
    const error = new ProviderError("CSP_PARENT_NOT_FOUND", { id: armIdOf(1) });
    const unlisted = createMemoryRegistrationsClient({ registrations: [lyon] });
    const listed = createWorld();
    for (const client of [unlisted, listed])
      client.fail({ operation: "getCustomerSubscription", when: "before", error });

    const [gone, doubtful] = await Promise.all(
      [unlisted, listed].map((client) =>
        verified(client, { list: { registrations: [], tenants: [] }, declared: [], before }),
      ),
    );

    assert.deepEqual(gone, nothing);
    assert.deepEqual(
      doubtful?.unverified.map(({ code }) => code),
      ["CSP_PARENT_NOT_FOUND"],
    );
  });

  it("takes a removed mapping for gone where another tenant has its subscription by now", async () => {
    const found = await verified(createWorld([mapping(9, 1)]), { declared: [], before: [managed(1)] });

    assert.deepEqual(found.remaining, []);
  });

  it("asks for nothing that is managed still, or was another provider's", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    const before = [managed(1), managed(2, { provider: "azure-native" })];

    const found = await verified(client, { declared: [1], before });

    assert.equal(client.calls.filter(({ operation }) => operation === "getCustomerSubscription").length, 0);
    assert.deepEqual(found.remaining, []);
  });

  it("does not swallow an error that is none of the catalogue", async () => {
    const client = createWorld();
    client.fail({ operation: "getCustomerSubscription", when: "before", error: new TypeError("a fault of our own") });

    await assert.rejects(verified(client, { declared: [], before: [managed(1)] }), TypeError);
  });
});

import assert from "node:assert/strict";
import { type Access, type ManagedMapping, ProviderError, type TenantList } from "@azurestack-csp/provider";
import { findLeft } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/findLeft.ts";
import type { IntendedWrite } from "../../../../../../sdk/nodejs/src/journal/intendedWrite.ts";
import type { MemoryRegistrationsClient } from "../../../../../support/memory/memoryRegistrationsClient.ts";
import {
  armIdOf,
  createWorld,
  mapping,
  notAuthorized,
  tenant,
} from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { listOf, managed, write } from "../../reconcile/customers.ts";

const NOTHING: TenantList = { registrations: [], tenants: [] };

function find(
  client: MemoryRegistrationsClient,
  request: {
    readonly writes: readonly IntendedWrite[];
    readonly managed?: readonly ManagedMapping[];
    readonly list?: TenantList;
  },
): Promise<readonly IntendedWrite[]> {
  return findLeft({ managed: [], list: NOTHING, clientOf: () => client, ...request });
}

describe("findLeft", () => {
  it("finds what is live as an interrupted run meant it, and neither managed nor declared", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);

    assert.deepEqual(await find(client, { writes: [write(1), write(2)] }), [write(1), write(2)]);
  });

  it("finds nothing where another tenant is live, whose mapping was never ours", async () => {
    assert.deepEqual(await find(createWorld([mapping(9, 1)]), { writes: [write(1)] }), []);
  });

  it("finds what is live where the service does not say whose it is", async () => {
    const client = createWorld([mapping(1, 1)]);
    const silent: MemoryRegistrationsClient = {
      ...client,
      getCustomerSubscription: async (id) => ({ ...(await client.getCustomerSubscription(id)), tenantId: undefined }),
    };

    assert.deepEqual(await find(silent, { writes: [write(1)] }), [write(1)]);
  });

  it("finds nothing where the write was never carried out, or is gone again", async () => {
    const client = createWorld();
    const gone = new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: armIdOf(2) });
    client.fail({ operation: "getCustomerSubscription", id: armIdOf(2), when: "before", error: gone });

    assert.deepEqual(await find(client, { writes: [write(1), write(2)] }), []);
  });

  it("takes nothing for gone that Azure does not show", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

    await assert.rejects(find(client, { writes: [write(1)] }), { code: "CSP_NOT_AUTHORIZED" });
  });

  it("asks for nothing that the stack holds or the list declares, in any letter case", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    const writes = [write(1), write(2)];

    assert.deepEqual(
      await find(client, { writes, managed: [managed(1, { tenantId: tenant(1).toUpperCase() })], list: listOf(2) }),
      [],
    );
    assert.deepEqual(client.calls, []);
  });

  it("asks where the stack holds the same subscription for another tenant", async () => {
    const client = createWorld([mapping(1, 1)]);

    assert.deepEqual(await find(client, { writes: [write(1)], managed: [managed(1, { tenantId: tenant(8) })] }), [
      write(1),
    ]);
  });

  it("asks in the way in which the run reached the registration", async () => {
    const client = createWorld([mapping(1, 1)]);
    const accesses: Access[] = [];
    const clientOf = (access: Access) => {
      accesses.push(access);
      return client;
    };
    const access: Access = { cloud: "china", credentialPrefix: "PARIS" };

    await findLeft({ writes: [write(1, access)], managed: [], list: NOTHING, clientOf });

    assert.deepEqual(accesses, [access]);
  });
});

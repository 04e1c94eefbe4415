import assert from "node:assert/strict";
import { type Access, inspectTenantList, ProviderError } from "@azurestack-csp/provider";
import { createMemoryRegistrationsClient } from "../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryLock, MemoryWorld } from "../../../support/memory/memoryWorld.ts";
import { changesOf, codes, listOf, managedOf, PARIS, type Row, summarize, TODAY } from "../domain/plan/scenario.ts";
import { guid } from "../domain/tenantList/sample.ts";

/** A request by digits. */
interface Request {
  readonly rows: readonly Row[];
  readonly managed: readonly (readonly [subscription: number, tenant: number, access?: Access])[];
  readonly everything?: boolean | undefined;
}

type Pair = readonly [subscription: number, tenant: number];

/** Mappings of the Hub, by digits. */
function worldOf(...mappings: readonly Pair[]): MemoryWorld {
  const live = mappings.map(([subscription, tenant]) => ({
    customerSubscriptionId: guid(subscription),
    tenantId: guid(tenant),
  }));
  const subscriptions = [11, 12].map((digit) => ({ subscriptionId: guid(digit), tenantId: guid(digit - 10) }));
  return { registrations: [{ ...PARIS, mappings: live }], subscriptions };
}

/** The Hub with these mappings, locked. */
function lockedBy(level: MemoryLock["level"], ...mappings: readonly Pair[]): MemoryWorld {
  const { registrations, ...rest } = worldOf(...mappings);
  return { ...rest, registrations: registrations.map((each) => ({ ...each, locks: [{ name: "keep", level }] })) };
}

function inspected(world: MemoryWorld, { rows = [], managed = [], everything }: Partial<Request> = {}) {
  const client = createMemoryRegistrationsClient(world);
  const inspect = () => inspectTenantList(() => client, requestOf({ rows, managed, everything }));
  const asked = () => client.calls.map(({ operation }) => operation).sort();
  return { client, inspect, asked };
}

function requestOf({ rows, managed, everything = false }: Request) {
  const mappings = managed.map(([subscription, tenant, access = {}]) => managedOf(subscription, tenant, { access }));
  return { list: listOf(rows), managed: mappings, today: TODAY, everything };
}

const ROWS: readonly Row[] = [{ tenant: 1, subscription: 11 }];

describe("inspectTenantList", () => {
  it("asks for a registration and its list, and no more where nothing changes", async () => {
    const { inspect, asked } = inspected(worldOf([11, 1]), { rows: ROWS, managed: [[11, 1]] });

    const { plan } = await inspect();

    assert.equal(plan.counts.unchanged, 1);
    assert.deepEqual(asked(), ["getRegistration", "listCustomerSubscriptions"]);
  });

  it("asks for the directory of what came in beside a run, and of what the state knows to be wrong", async () => {
    const world = { ...worldOf([11, 1], [12, 2]), subscriptions: [] };
    const rows = [...ROWS, { tenant: 2, subscription: 12 }];
    for (const [more, expected] of [
      [{}, 0],
      [{ isNew: true }, 1],
      [{ directory: guid(9) }, 1],
    ] as const) {
      const client = createMemoryRegistrationsClient(world);
      const managed = [managedOf(11, 1, more), managedOf(12, 2)];

      await inspectTenantList(() => client, { list: listOf(rows), managed, today: TODAY });

      assert.equal(client.calls.filter(({ operation }) => operation === "getDirectory").length, expected);
    }
  });

  it("asks for the directory of what would be written, and for a lock that forbids it", async () => {
    const world = { ...worldOf(), subscriptions: [{ subscriptionId: guid(11), tenantId: guid(9) }] };
    const { inspect, asked } = inspected(world, { rows: ROWS });

    const { plan } = await inspect();

    assert.deepEqual(codes(plan), ["error CSP_DIRECTORY_MISMATCH"]);
    assert.deepEqual(asked(), ["getDirectory", "getRegistration", "listCustomerSubscriptions", "listLocks"]);
  });

  it("says that a read-only lock would refuse what is to be registered, and that another lock would not", async () => {
    const found = await Promise.all(
      (["ReadOnly", "CanNotDelete"] as const).map(async (level) => {
        const { plan } = await inspected(lockedBy(level), { rows: ROWS }).inspect();
        return codes(plan);
      }),
    );

    assert.deepEqual(found, [["error CSP_LOCK_MET"], []]);
  });

  it("asks for the directory of what would be adopted, which is live and may be wrong", async () => {
    const world = { ...worldOf([11, 1]), subscriptions: [{ subscriptionId: guid(11), tenantId: guid(9) }] };
    const { inspect } = inspected(world, { rows: ROWS });

    const { plan } = await inspect();

    assert.deepEqual(summarize(plan), ["adopt 11<-1"]);
    assert.deepEqual(codes(plan), ["error CSP_DIRECTORY_MISMATCH"]);
  });

  it("asks for the directory where the cloud changes, and not where the credential does", async () => {
    for (const [access, questions] of [
      [{ cloud: "china" }, ["getDirectory"]],
      [{ credentialPrefix: "PARIS" }, []],
    ] as const) {
      const { inspect, asked } = inspected(worldOf([11, 1]), { rows: ROWS, managed: [[11, 1, access]] });

      const { plan } = await inspect();

      assert.deepEqual(summarize(plan), ["access 11<-1"]);
      assert.deepEqual(asked(), [...questions, "getRegistration", "listCustomerSubscriptions"]);
    }
  });

  it("asks for locks where something is removed", async () => {
    const { inspect, asked } = inspected(lockedBy("CanNotDelete", [11, 1]), { managed: [[11, 1]] });

    const { plan } = await inspect();

    assert.deepEqual(codes(plan), ["error CSP_LOCK_MET"]);
    assert.deepEqual(asked(), ["getRegistration", "listCustomerSubscriptions", "listLocks"]);
  });

  it("asks for locks where a customer subscription changes its tenant", async () => {
    const rows = [{ tenant: 1, subscription: 11, overwrite: [11] }];
    const { inspect } = inspected(lockedBy("ReadOnly", [11, 9]), { rows });

    const { plan } = await inspect();

    assert.deepEqual(summarize(plan), ["changeTenant 11<-1"]);
    assert.ok(codes(plan).includes("error CSP_LOCK_MET"));
  });

  it("asks for everything where an audit wants it", async () => {
    const { inspect, asked } = inspected(worldOf([11, 1]), { rows: ROWS, managed: [[11, 1]], everything: true });

    const { live, directories } = await inspect();

    assert.deepEqual(asked(), ["getDirectory", "getRegistration", "listCustomerSubscriptions", "listLocks"]);
    assert.deepEqual([...directories], [[guid(11), guid(1)]]);
    assert.ok(live[0] && "lockFacts" in live[0]);
  });

  it("does not take a lagging list for drift", async () => {
    const { client, inspect } = inspected(worldOf(), { rows: ROWS, managed: [[11, 1]] });
    client.freezeLists();
    await client.putCustomerSubscription({ registration: PARIS, customerSubscriptionId: guid(11) }, guid(1));

    const { plan } = await inspect();

    assert.deepEqual(summarize(plan), []);
  });

  it("does not take a mapping that is gone for a conflict", async () => {
    const { client, inspect } = inspected(worldOf([12, 1]), { rows: ROWS });
    client.freezeLists();
    await client.deleteCustomerSubscription({ registration: PARIS, customerSubscriptionId: guid(12) });

    const { plan } = await inspect();

    assert.deepEqual(summarize(plan), ["onboard 11<-1"]);
    assert.deepEqual(codes(plan), []);
  });

  it("keeps what the list shows where an item cannot be read", async () => {
    const { client, inspect } = inspected(worldOf([11, 9]), { rows: ROWS, managed: [[11, 1]] });
    const error = new ProviderError("CSP_SERVICE_FAILED", { request: "GET", attempts: "4" });
    client.fail({ operation: "getCustomerSubscription", when: "before", error });

    const { plan } = await inspect();

    assert.deepEqual(summarize(plan), ["drift 11<-1"]);
    assert.equal(changesOf(plan)[0]?.liveTenantId, guid(9));
  });

  it("tells of a registration that cannot be read, and asks nothing more of it", async () => {
    const { inspect, asked } = inspected({ registrations: [] }, { rows: ROWS });

    const { plan } = await inspect();

    assert.deepEqual(codes(plan), ["error CSP_REGISTRATION_NOT_FOUND"]);
    assert.deepEqual(asked(), ["getRegistration", "listCustomerSubscriptions"]);
  });
});

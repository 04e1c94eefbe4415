import assert from "node:assert/strict";
import { parseTenantList, type TenantListIssue } from "@azurestack-csp/provider";
import { checkTenantList } from "azurestack-csp";
import { createMemoryRegistrationsClient } from "../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryRegistration } from "../../../support/memory/memoryWorld.ts";
import { listOf, PARIS, type Row, TODAY } from "../../provider/domain/plan/scenario.ts";
import { guid } from "../../provider/domain/tenantList/sample.ts";

type Pair = readonly [subscription: number, tenant: number];

/** The Hub with mappings, by digits; subscription 11 belongs to directory 1, 12 to 2, and so on. */
function azureWith(live: readonly Pair[], registration: Partial<MemoryRegistration> = {}) {
  const mappings = live.map(([subscription, tenant]) => ({
    customerSubscriptionId: guid(subscription),
    tenantId: guid(tenant),
  }));
  const subscriptions = [11, 12, 13].map((digit) => ({ subscriptionId: guid(digit), tenantId: guid(digit - 10) }));
  return createMemoryRegistrationsClient({ registrations: [{ ...PARIS, ...registration, mappings }], subscriptions });
}

async function check(rows: readonly Row[], client = azureWith([])): Promise<readonly TenantListIssue[]> {
  return await checkTenantList(listOf(rows), { client, today: TODAY });
}

function codes(issues: readonly TenantListIssue[]): readonly string[] {
  return issues.map(({ severity, code }) => `${severity} ${code}`);
}

const ROW: Row = { tenant: 1, subscription: 11 };

describe("checkTenantList", () => {
  it("asks for a registration and its list, and no more where everything is live as declared", async () => {
    const client = azureWith([[11, 1]]);

    assert.deepEqual(await check([ROW], client), []);

    const asked = client.calls.map(({ operation }) => operation);
    assert.deepEqual(asked.sort(), ["getRegistration", "listCustomerSubscriptions"]);
  });

  it("finds nothing wrong with a customer that is not live yet", async () => {
    assert.deepEqual(await check([ROW]), []);
  });

  it("refuses a row whose subscription belongs to another directory, at the row's place", async () => {
    const [issue, ...others] = await check([{ tenant: 1, subscription: 12 }]);

    assert.deepEqual(others, []);
    assert.deepEqual([issue?.severity, issue?.code], ["error", "CSP_DIRECTORY_MISMATCH"]);
    assert.deepEqual([issue?.file, issue?.path], ["tenants.json", "tenants[0]"]);
  });

  it("warns of a subscription whose directory nobody tells", async () => {
    assert.deepEqual(codes(await check([{ tenant: 1, subscription: 19 }])), ["warning CSP_DIRECTORY_UNKNOWN"]);
  });

  it("only warns of a tenant that is mapped elsewhere, since that may be the stack's own move", async () => {
    const world = azureWith([[13, 1]]);

    const [issue, ...others] = await check([ROW], world);

    assert.deepEqual(others, []);
    assert.deepEqual([issue?.severity, issue?.code], ["warning", "CSP_TENANT_MOVES"]);
    assert.match(issue?.message ?? "", new RegExp(`${guid(13)}.*${guid(11)}`));
  });

  it("only warns of a subscription that is mapped to another tenant, since that may be drift", async () => {
    assert.deepEqual(codes(await check([ROW], azureWith([[11, 2]]))), ["warning CSP_SUBSCRIPTION_CHANGES_TENANT"]);
  });

  it("says nothing of what `overwrite` names", async () => {
    const rows = [{ ...ROW, overwrite: [11, 13] }];

    assert.deepEqual(await check(rows, azureWith([[13, 1]])), []);
    assert.deepEqual(await check(rows, azureWith([[11, 2]])), []);
  });

  it("does not take a list that lags for a conflict", async () => {
    const client = azureWith([[13, 1]]);
    client.freezeLists();
    await client.deleteCustomerSubscription({ registration: PARIS, customerSubscriptionId: guid(13) });

    assert.deepEqual(await check([ROW], client), []);
  });

  it("sums up what is live and not declared in one warning, at the registration's place", async () => {
    const extras = Array.from({ length: 7 }, (_, index): Pair => [21 + index, 31 + index]);

    const [issue, ...others] = await check([ROW], azureWith([[11, 1], ...extras]));

    assert.deepEqual(others, []);
    assert.deepEqual([issue?.severity, issue?.code], ["warning", "CSP_LIVE_UNDECLARED"]);
    assert.equal(issue?.path, "registrations.paris");
    assert.match(issue?.message ?? "", /not in the list, 7 in number: .*, and 2 more\./);
  });

  it("refuses customers on a registration that is billed by capacity", async () => {
    const client = azureWith([], { billingModel: "Capacity" });

    assert.deepEqual(codes(await check([ROW], client)), ["error CSP_BILLING_MODEL_CAPACITY"]);
  });

  it("warns of a billing model that is unusual", async () => {
    for (const billingModel of ["Development", "Custom", "Ruggedized"]) {
      const issues = await check([ROW], azureWith([], { billingModel }));
      assert.deepEqual(codes(issues), ["warning CSP_BILLING_MODEL_UNUSUAL"], billingModel);
    }
  });

  it("refuses a move that a lock would meet, and prints how to lift it", async () => {
    const locks = [{ name: "RegistrationResourceLock", level: "CanNotDelete" as const }];

    const issues = await check([ROW], azureWith([[13, 1]], { locks }));

    assert.deepEqual(codes(issues), ["error CSP_LOCK_MET", "warning CSP_TENANT_MOVES"]);
    assert.match(issues[0]?.message ?? "", /az lock delete/);
  });

  it("refuses a registration that is not there", async () => {
    const client = azureWith([]);
    client.removeRegistration(PARIS);

    assert.deepEqual(codes(await check([ROW], client)), ["error CSP_REGISTRATION_NOT_FOUND"]);
  });

  it("says settings that cannot be used once, at the first registration", async () => {
    const env = { AZURESTACK_CSP_API_VERSION: "1999-01-01" };

    const issues = await checkTenantList(listOf([ROW]), { env, today: TODAY });

    assert.equal(issues.length, 1);
    assert.equal(issues[0]?.path, "registrations.paris");
  });

  it("needs neither settings nor Azure for a list without registrations", async () => {
    const { list } = parseTenantList([{ file: "tenants.json", text: '{"registrations": {}, "tenants": []}' }]);
    assert.ok(list);

    assert.deepEqual(await checkTenantList(list, { env: { AZURESTACK_CSP_API_VERSION: "1999-01-01" } }), []);
  });
});

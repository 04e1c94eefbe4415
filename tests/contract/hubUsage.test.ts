import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { type ErrorCode, type HubAccess, hasCode } from "@azurestack-csp/provider";
import { type GetUsageArgs, getUsage, type ReportedUsageRow } from "azurestack-csp";
import { createHubClient } from "../../provider/src/clients/connectHub.ts";
import { createHastyClock, environmentOf } from "./emulatedClients.ts";

const UNTIL = new Date("2026-11-03T00:00:00Z");
const DAYS = { from: "2026-11-01", to: "2026-11-03" };

describe("usage of a Hub, over HTTPS", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({
      usage: { months: 1, until: UNTIL },
      now: () => new Date("2026-11-04T12:30:00Z"),
    });
  });

  after(() => emulator.close());

  afterEach(() => {
    emulator.clearFaults();
    emulator.setModes({ usageOfAll: "answered", usageTokens: "taken", usagePageSize: 1_000 });
    emulator.resetJournal();
  });

  /** The Hub is trusted by its `caFile` alone. */
  function hubAt(endpoint: "admin" | "user"): HubAccess {
    const [hub] = emulator.hubs;
    assert(hub);
    const caFile = emulator.caCertificate ?? "";
    const { resourceManager } = hub[endpoint];
    return endpoint === "admin"
      ? { adminEndpoint: resourceManager, caFile }
      : { userEndpoint: resourceManager, caFile };
  }

  async function usageOf(
    args: Omit<Extract<GetUsageArgs, { hub: HubAccess }>, "hub">,
    endpoint: "admin" | "user" = "admin",
  ) {
    const said: string[] = [];
    const rows: ReportedUsageRow[] = [];
    // A user's subscription is reached with a token of the user's own directory.
    const directory = endpoint === "user" ? { AZURE_TENANT_ID: emulator.hubs[0]?.user.tenantId ?? "" } : {};
    const options = { env: { ...environmentOf(emulator), ...directory }, say: (text: string) => said.push(text) };
    for await (const row of getUsage({ hub: hubAt(endpoint), ...args }, options)) rows.push(row);
    return { rows, said };
  }

  function clientAt(endpoint: "admin" | "user", env: Readonly<Record<string, string>> = environmentOf(emulator)) {
    return createHubClient(env, hubAt(endpoint), { clock: createHastyClock() });
  }

  const sorted = (rows: readonly ReportedUsageRow[]) => rows.map((row) => JSON.stringify(row)).toSorted();

  async function assertCode(promise: Promise<unknown>, code: ErrorCode): Promise<string> {
    const error: unknown = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert(hasCode(error, code), String(error));
    return error.message;
  }

  it("discovers where one signs in, the region and the Default Provider Subscription", async () => {
    const [hub] = emulator.hubs;

    assert.deepEqual(await clientAt("admin").describe(), {
      kind: "admin",
      endpoint: hub?.admin.resourceManager,
      identityProvider: "entra",
      authority: emulator.authority,
      audience: hub?.admin.audience,
      subscriptionId: hub?.admin.subscriptionId,
      homeTenantId: hub?.homeTenantId,
      region: hub?.region,
    });
  });

  it("lists the local subscriptions without the deleted one, and reads the activation", async () => {
    const client = clientAt("admin");
    const ids = (await client.localSubscriptions()).map(({ subscriptionId }) => subscriptionId);

    assert(ids.length > 1);
    assert(!ids.includes(emulator.hubs[0]?.usage.deletedSubscriptionId ?? ""));
    const { usageReportingEnabled, provisioningState, registrationId } = (await client.activation()) ?? {};
    assert.deepEqual([usageReportingEnabled, provisioningState], [true, "Succeeded"]);
    assert.match(registrationId ?? "", /\/providers\/Microsoft\.AzureStack\/registrations\//);
  });

  it("comes day by day and page by page", async () => {
    const { rows, said } = await usageOf({ ...DAYS, granularity: "hourly" });

    assert(rows.length > 2_000, `only ${rows.length} rows`);
    assert.deepEqual(said, []);
    assert.deepEqual(
      [...new Set(rows.map(({ reportedStart }) => reportedStart))],
      ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"],
    );
    assert(emulator.journal().filter(({ path }) => /subscriberUsageAggregates/i.test(path)).length > 3);
  });

  it("gives the same rows where the gateway gives up over all subscribers, if a deleted one is named", async () => {
    const deleted = emulator.hubs[0]?.usage.deletedSubscriptionId ?? "";
    const [first] = (await usageOf({ from: "2026-10-03", to: "2026-11-03", subscriberId: deleted })).rows;
    assert(first, "the deleted subscription has usage");
    const day = { from: first.reportedStart, to: first.reportedEnd, granularity: "hourly" } as const;
    const whole = await usageOf(day);
    emulator.setModes({ usageOfAll: "times-out" });

    const named = await usageOf({ ...day, knownSubscribers: [deleted] });
    const unnamed = await usageOf(day);

    assert.deepEqual(sorted(named.rows), sorted(whole.rows));
    assert.equal(named.said.length, 1);
    const others = whole.rows.filter(({ subscriptionId }) => subscriptionId !== deleted.toLowerCase());
    assert(others.length < whole.rows.length);
    assert.deepEqual(sorted(unnamed.rows), sorted(others));
    assert.match(unnamed.said.join(), /deleted is read only where `knownSubscribers` names it/);
  });

  it("gives the same rows where a link expires in between, and none twice", async () => {
    const whole = await usageOf({ ...DAYS, granularity: "hourly" });
    emulator.addFault({
      match: { path: "subscriberUsageAggregates" },
      nth: 2,
      what: { status: 400, code: "InvalidProperty", message: "continuationToken" },
    });

    const again = await usageOf({ ...DAYS, granularity: "hourly" });

    assert.deepEqual(again.rows, whole.rows);
  });

  it("gives up on a window whose links are never taken", async () => {
    emulator.setModes({ usageTokens: "expired" });

    await assertCode(usageOf({ ...DAYS, granularity: "hourly" }), "CSP_HUB_PAGE_LOST");
  });

  it("comes by the day and of one subscriber, with any letter case of the granularity", async () => {
    const all = await usageOf({ ...DAYS, granularity: "Daily" });
    const [first] = all.rows;
    assert(first);

    const one = await usageOf({ ...DAYS, subscriberId: first.subscriptionId.toUpperCase() });

    assert.deepEqual(
      one.rows,
      all.rows.filter(({ subscriptionId }) => subscriptionId === first.subscriptionId),
    );
  });

  it("is a user's own at the user's endpoint, with a token for that one", async () => {
    const [hub] = emulator.hubs;
    assert(hub);
    const subscriberId = hub.user.subscriptionId;
    const operators = await usageOf({ ...DAYS, subscriberId });

    const users = await usageOf({ ...DAYS, subscriberId, showDetails: true }, "user");

    assert(users.rows.length > 0);
    assert.deepEqual(sorted(users.rows), sorted(operators.rows));
    assert.match(users.said.join(), /showDetails has no effect/);
  });

  for (const [what, args, code] of [
    ["a window that ends in the future", { from: "2026-11-04", to: "2026-11-06" }, "CSP_HUB_END_IN_FUTURE"],
    [
      "somebody who is no subscriber",
      { ...DAYS, subscriberId: "0c7e0a76-a1c7-4455-b242-7defde95c5c1" },
      "CSP_HUB_NOT_A_SUBSCRIBER",
    ],
  ] as const) {
    it(`is refused for ${what}`, async () => {
      await assertCode(usageOf(args), code);
    });
  }

  it("waits for a busy Hub, and says so at last", async () => {
    const usage = {
      window: { start: "2026-11-01T00:00:00Z", end: "2026-11-02T00:00:00Z" },
      granularity: "daily",
    } as const;
    const busy = { match: { path: "subscriberUsageAggregates" }, what: { status: 503, code: "ServiceUnavailable" } };
    emulator.addFault({ ...busy, times: 2 });
    assert((await clientAt("admin").usagePage(usage)).rows.length > 0);

    emulator.clearFaults();
    emulator.addFault(busy);
    await assertCode(clientAt("admin").usagePage(usage), "CSP_HUB_BUSY");
  });

  it("names no secret where the sign-in fails, and asks nothing of the Hub then", async () => {
    const secret = "wrong.secret-that-nobody-may-see";

    const message = await assertCode(
      clientAt("admin", { ...environmentOf(emulator), AZURE_CLIENT_SECRET: secret }).localSubscriptions(),
      "CSP_CREDENTIAL_REFUSED",
    );

    assert(!message.includes(secret));
  });

  it("does not reach a Hub whose certificate nobody vouches for", async () => {
    const { caFile: _, ...hub } = hubAt("admin");

    await assertCode(createHubClient(environmentOf(emulator), hub).describe(), "CSP_CERTIFICATE_REFUSED");
  });

  it("sends no secret to an authority that the environment does not know", async () => {
    const { AZURE_AUTHORITY_HOST: _, ...env } = environmentOf(emulator);

    const message = await assertCode(clientAt("admin", env as Record<string, string>).describe(), "CSP_HUB_AUTHORITY");

    assert(message.includes(emulator.authority));
    assert.deepEqual(
      emulator.journal().filter(({ path }) => /token/.test(path)),
      [],
    );
  });
});

import assert from "node:assert/strict";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { UsageManagementClient } from "@azure/arm-commerce";
import { UsageManagementClient as HybridClient } from "@azure/arm-commerce-profile-2020-09-01-hybrid";
import { ClientSecretCredential } from "@azure/identity";
import { createEmulator, type Emulator, type HubConnection } from "@azurestack-csp/emulator";
import { type Answer, type Call, createHubCaller } from "../support/caller.ts";

const NOW = new Date("2026-11-30T18:54:50Z");
const DAY = "reportedStartTime=2026-11-20T00:00:00Z&reportedEndTime=2026-11-21T00:00:00Z&aggregationGranularity=Hourly";
const VERSION = "api-version=2015-06-01-preview";

describe("pages of usage", () => {
  let emulator: Emulator;
  let hub: HubConnection;
  let admin: Call;
  let path: string;
  beforeEach(async () => {
    emulator = await createEmulator({ now: () => NOW });
    hub = emulator.hubs[0] ?? assert.fail();
    admin = await createHubCaller(emulator, { endpoint: "admin" });
    path = `/subscriptions/${hub.admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
  });
  afterEach(() => emulator.close());

  const get = (target: string) => admin("GET", target, { apiVersion: null });
  const linkIn = (answer: Answer) => {
    const link = answer.at("nextLink");
    assert.equal(typeof link, "string", answer.text.slice(0, 200));
    return new URL(String(link));
  };
  const valuesIn = (answer: Answer): readonly unknown[] => {
    const values = answer.at("value");
    assert.ok(Array.isArray(values), answer.text.slice(0, 200));
    return values;
  };

  /** All rows of a query, by following links as they are. */
  async function follow(
    first: string,
  ): Promise<{ readonly rows: readonly unknown[]; readonly sizes: readonly number[] }> {
    const rows: unknown[] = [];
    const sizes: number[] = [];
    let target: string | undefined = first;
    while (target !== undefined) {
      const answer = await get(target);
      rows.push(...valuesIn(answer));
      sizes.push(valuesIn(answer).length);
      const link = answer.at("nextLink");
      target = typeof link === "string" && link !== "" ? link.slice(hub.admin.resourceManager.length) : undefined;
    }
    return { rows, sizes };
  }

  it("hold 1,000 rows each, and link to the next one by a whole address", async () => {
    const { rows, sizes } = await follow(`${path}?${DAY}&${VERSION}`);

    assert.ok(rows.length > 1_000);
    assert.ok(sizes.slice(0, -1).every((size) => size === 1_000) && (sizes.at(-1) ?? 0) > 0);
    const link = linkIn(await get(`${path}?${DAY}&${VERSION}`));
    assert.equal(link.origin, hub.admin.resourceManager);
    assert.equal(link.pathname, path);
    assert.equal(link.searchParams.get("api-version"), "2015-06-01-preview");
  });

  it("are the same rows in the same order whatever their size", async () => {
    const { rows } = await follow(`${path}?${DAY}&${VERSION}`);
    emulator.setModes({ usagePageSize: 777 });
    const other = await follow(`${path}?${DAY}&${VERSION}`);

    assert.deepEqual(other.rows, rows);
  });

  it("are found by their token however a client writes it, in a link or beside a full query", async () => {
    const link = linkIn(await get(`${path}?${DAY}&${VERSION}`));
    const { text } = await get(`${link.pathname}${link.search}`);
    const token = link.searchParams.get("continuationToken") ?? "";
    const upper = link.search.replace(/%[0-9a-f]{2}/g, (code) => code.toUpperCase());
    const slashes = link.search.replaceAll("%2f", "/").replaceAll("%3d", "%3D");
    const reordered = [...link.searchParams].toReversed();

    for (const target of [
      `${path}${upper}`,
      `${path}${slashes}`,
      `${path}?${new URLSearchParams(reordered)}`,
      `${path}?${DAY}&showDetails=true&continuationToken=${encodeURIComponent(token)}&${VERSION}`,
      `${path}?reportedStartTime=2026-11-20T00:00:00.000Z&reportedEndTime=2026-11-21&aggregationGranularity=hourly&continuationToken=${token.replaceAll("+", "%2B")}&${VERSION}`,
      `${path}?${DAY}&continuationToken=${token}&${VERSION}`,
    ])
      assert.equal((await get(target)).text, text, target);
    assert.match(token, /[/+=]/);
  });

  it("link to the same subscriber, and at the users' endpoint to none", async () => {
    emulator.setModes({ usagePageSize: 10 });
    const { subscriptionId } = hub.user;
    const user = await createHubCaller(emulator, { endpoint: "user" });
    const own = `/subscriptions/${subscriptionId}/providers/Microsoft.Commerce/usageAggregates?${DAY}&${VERSION}`;

    const asked = linkIn(await get(`${path}?${DAY}&${VERSION}&subscriberId=${subscriptionId}`));
    const used = linkIn(await user("GET", own, { apiVersion: null }));
    assert.equal(asked.searchParams.get("subscriberId"), subscriptionId);
    assert.equal(used.searchParams.has("subscriberId"), false);
  });

  it("refuse a token of another query, and every token once they have expired", async () => {
    const token = encodeURIComponent(
      linkIn(await get(`${path}?${DAY}&${VERSION}`)).searchParams.get("continuationToken") ?? "",
    );
    const other = await get(`${path}?${DAY.replace("-20T", "-19T")}&${VERSION}&continuationToken=${token}`);
    const daily = await get(`${path}?${DAY.replace("Hourly", "Daily")}&${VERSION}&continuationToken=${token}`);
    emulator.setModes({ usageTokens: "expired" });
    const expired = await get(`${path}?${DAY}&${VERSION}&continuationToken=${token}`);

    for (const answer of [other, daily, expired])
      assert.equal(`${answer.status} ${answer.at("error.code")}`, "400 InvalidProperty");
    assert.equal((await get(`${path}?${DAY}&${VERSION}`)).status, 200);
  });

  it("end without a link, or as a mode says", async () => {
    const empty = `${path}?reportedStartTime=2020-01-01&reportedEndTime=2020-01-02&${VERSION}`;
    const absent = await get(empty);
    emulator.setModes({ lastNextLink: "null" });
    const none = await get(empty);
    emulator.setModes({ lastNextLink: "empty" });

    assert.equal(absent.text, '{"value":[]}');
    assert.equal(none.text, '{"value":[],"nextLink":null}');
    assert.equal((await get(empty)).text, '{"value":[],"nextLink":""}');
  });

  it("begin with an empty one where a mode says so", async () => {
    const { rows } = await follow(`${path}?${DAY}&${VERSION}`);
    emulator.setModes({ emptyPages: "first" });
    const first = await get(`${path}?${DAY}&${VERSION}`);

    assert.deepEqual(valuesIn(first), []);
    assert.deepEqual((await follow(`${path}?${DAY}&${VERSION}`)).rows, rows);
  });

  it("lead to another host where a mode says so", async () => {
    emulator.setModes({ nextLinkForm: "other-host" });

    assert.equal(linkIn(await get(`${path}?${DAY}&${VERSION}`)).hostname, "localhost");
  });

  describe("by Microsoft's clients", () => {
    const from = new Date("2026-11-20T00:00:00Z");
    const to = new Date("2026-11-22T00:00:00Z");
    const credential = () =>
      new ClientSecretCredential(hub.user.tenantId, emulator.clientId, emulator.clientSecret, {
        authorityHost: emulator.authority,
        disableInstanceDiscovery: true,
        tlsOptions: { ca: emulator.caPem ?? "" },
      });

    async function ownRows(): Promise<readonly string[]> {
      const user = await createHubCaller(emulator, { endpoint: "user" });
      const own = `/subscriptions/${hub.user.subscriptionId}/providers/Microsoft.Commerce/usageAggregates`;
      const window = "reportedStartTime=2026-11-20&reportedEndTime=2026-11-22&aggregationGranularity=Hourly";
      emulator.setModes({ usagePageSize: 1_000_000 });
      const answer = await user("GET", `${own}?${window}`, { apiVersion: "2015-06-01-preview" });
      emulator.setModes({ usagePageSize: 500 });
      return valuesIn(answer).map((row) => JSON.stringify(Object(row).id));
    }

    it("are all read by the hybrid profile's, which follows links", async () => {
      const expected = await ownRows();
      const client = new HybridClient(credential(), hub.user.subscriptionId, {
        endpoint: hub.user.resourceManager,
        credentialScopes: [`${hub.user.audience}/.default`],
        tlsOptions: { ca: emulator.caPem ?? "" },
        retryOptions: { maxRetries: 0 },
      });

      const ids: string[] = [];
      for await (const { id } of client.usageAggregates.list(from, to, { aggregationGranularity: "Hourly" }))
        ids.push(JSON.stringify(id));

      assert.ok(ids.length > 1_000);
      assert.deepEqual(ids, expected);
    });

    it("are all read by arm-commerce, which gives the token beside a full query", async () => {
      const expected = await ownRows();
      const { token } = await credential().getToken(`${hub.user.audience}/.default`);
      const client = new UsageManagementClient(
        {
          signRequest: async (request) => {
            request.headers.set("Authorization", `Bearer ${token}`);
            return request;
          },
        },
        hub.user.subscriptionId,
        {
          baseUri: hub.user.resourceManager,
          agentSettings: { http: new HttpAgent(), https: new HttpsAgent({ ca: emulator.caPem ?? "" }) },
          noRetryPolicy: true,
        },
      );

      const ids: string[] = [];
      let continuationToken: string | undefined;
      do {
        const page = await client.usageAggregates.list(from, to, {
          aggregationGranularity: "Hourly",
          showDetails: true,
          ...(continuationToken === undefined ? {} : { continuationToken }),
        });
        ids.push(...page.map(({ id }) => JSON.stringify(id)));
        const next = page.nextLink ? new URL(page.nextLink).searchParams.get("continuationToken") : null;
        continuationToken = next ?? undefined;
      } while (continuationToken !== undefined);

      assert.deepEqual(ids, expected);
    });
  });
});

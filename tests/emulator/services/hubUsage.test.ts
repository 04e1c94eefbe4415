import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { type Answer, type Call, type CallOptions, createHubCaller } from "../support/caller.ts";
import { shapeOf } from "../support/recordings.ts";

const NOW = new Date("2026-11-30T18:54:50Z");
const DAY = { reportedStartTime: "2026-11-20T00:00:00Z", reportedEndTime: "2026-11-21T00:00:00Z" };
const HOUR = {
  reportedStartTime: "2026-11-20T19:00:00Z",
  reportedEndTime: "2026-11-20T20:00:00Z",
  aggregationGranularity: "Hourly",
};

interface Row {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, string>> & { readonly quantity: number };
}

const rowsOf = (answer: Answer): readonly Row[] => {
  const rows = answer.at("value");
  assert.ok(Array.isArray(rows), answer.text.slice(0, 300));
  return rows;
};

describe("usage of a Hub", () => {
  let emulator: Emulator;
  let admin: Call;
  let user: Call;
  let path: string;
  let ownPath: string;
  before(async () => {
    emulator = await createEmulator({ now: () => NOW });
    admin = await createHubCaller(emulator, { endpoint: "admin" });
    user = await createHubCaller(emulator, { endpoint: "user" });
    const [hub] = emulator.hubs;
    path = `/subscriptions/${hub?.admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
    ownPath = `/subscriptions/${hub?.user.subscriptionId}/providers/Microsoft.Commerce/UsageAggregates`;
  });
  after(() => emulator.close());

  const ask = (call: Call, at: string, query: Readonly<Record<string, string>>, options: CallOptions = {}) =>
    call("GET", `${at}?${new URLSearchParams(query)}`, { apiVersion: "2015-06-01-preview", ...options });
  const codeOf = (answer: Answer) => `${answer.status} ${answer.at("error.code")}`;

  describe("for the operator", () => {
    it("has rows in the shape that was recorded, named by the caller's subscription", async () => {
      const answer = await ask(admin, path, HOUR);
      const isMachine = ({ meterId, usageStartTime }: Row["properties"]) =>
        meterId?.startsWith("6dab500f") && usageStartTime?.includes("T18:");
      const row = rowsOf(answer).find(({ properties }) => isMachine(properties));
      assert.ok(row);
      const { subscriptionId, meterId, usageStartTime, instanceData = "" } = row.properties;

      assert.equal(answer.status, 200);
      assert.deepEqual(shapeOf(row), [
        ["id", "string"],
        ["name", "string"],
        ["type", "string"],
        [
          "properties",
          ["subscriptionId", "usageStartTime", "usageEndTime", "instanceData", "quantity", "meterId", "name"].map(
            (name) => [name, name === "quantity" ? "number" : "string"],
          ),
        ],
      ]);
      assert.equal(row.name, `${subscriptionId}-${meterId}`);
      const caller = emulator.hubs[0]?.admin.subscriptionId;
      assert.equal(row.id, `/subscriptions/${caller}/providers/Microsoft.Commerce/UsageAggregate/${row.name}`);
      assert.equal(usageStartTime, "2026-11-20T18:00:00+00:00");
      const resource = JSON.parse(instanceData)["Microsoft.Resources"];
      assert.equal(typeof JSON.parse(resource.additionalInfo).ServiceType, "string");
      assert.equal(resource.location, "paris1");
    });

    it("sends the headers that were recorded", async () => {
      const { headers } = await ask(admin, path, HOUR);

      assert.equal(headers["x-powered-by"], "ASP.NET");
      assert.equal(headers["cache-control"], "no-cache");
      assert.equal(headers.expires, "-1");
      for (const name of [
        "x-ms-request-id",
        "x-ms-correlation-request-id",
        "x-ms-ratelimit-remaining-subscription-reads",
      ])
        assert.ok(headers[name], name);
    });

    it("tells of usage by the time it was reported: other hours of use are among it", async () => {
      const hours = new Set(rowsOf(await ask(admin, path, HOUR)).map(({ properties }) => properties.usageStartTime));

      assert.ok(hours.has("2026-11-20T18:00:00+00:00"));
      assert.ok(hours.size > 1);
    });

    it("takes a granularity in any letter case, and is daily without one", async () => {
      const [none, lower, upper] = await Promise.all([
        ask(admin, path, DAY),
        ask(admin, path, { ...DAY, aggregationGranularity: "daily" }),
        ask(admin, path, { ...DAY, aggregationGranularity: "DAILY" }),
      ]);

      assert.equal(none.text, lower.text);
      assert.equal(none.text, upper.text);
      for (const { properties } of rowsOf(none)) {
        assert.match(properties.usageStartTime ?? "", /T00:00:00\+00:00$/);
        const days = Date.parse(properties.usageEndTime ?? "") - Date.parse(properties.usageStartTime ?? "");
        assert.equal(days, 86_400_000);
      }
    });

    it("tells addresses and databases by the day as value times hours", async () => {
      const addresses = rowsOf(await ask(admin, path, DAY)).filter(
        ({ properties }) => properties.meterId === "F271A8A388C44D93956A063E1D2FA80B",
      );

      assert.ok(addresses.some(({ properties }) => properties.quantity > 20));
      assert.ok(addresses.every(({ properties }) => Math.abs(properties.quantity) <= 24));
    });

    it("reads every spelling of a time that clients send, and lets what it does not know be", async () => {
      const { text } = await ask(admin, path, HOUR);
      const query = (time: (hour: string) => string) =>
        `${path}?reportedStartTime=${time("2026-11-20T19")}&reportedEndTime=${time("2026-11-20T20")}&aggregationGranularity=Hourly`;
      const spellings: readonly ((hour: string) => string)[] = [
        (hour) => `${hour}:00:00Z`,
        (hour) => `${hour}%3a00%3a00%2b00%3a00`,
        (hour) => `${hour}:00:00.0000000+00:00`,
        (hour) => `${hour}%3a00%3a00%2b00%3a00Z`,
        (hour) => `${hour}:00:00.00Z`,
        (hour) => `${hour}:00:00`,
      ];
      for (const spelling of spellings) {
        const answer = await admin("GET", `${query(spelling)}&showDetails=true`, { apiVersion: "2015-06-01-preview" });
        assert.equal(answer.text, text, query(spelling));
      }
    });

    it("gives one subscriber's alone, a deleted one's and its own too", async () => {
      const [hub] = emulator.hubs;
      const deleted = hub?.usage.deletedSubscriptionId ?? "";
      const early = { reportedStartTime: "2026-10-05T00:00:00Z", reportedEndTime: "2026-10-06T00:00:00Z" };
      for (const subscriberId of [deleted, deleted.toUpperCase(), hub?.admin.subscriptionId ?? ""]) {
        const rows = rowsOf(await ask(admin, path, { ...early, subscriberId }));
        const ids = new Set(rows.map(({ properties }) => properties.subscriptionId));
        assert.deepEqual([...ids], [subscriberId.toLowerCase()]);
      }
      const late = rowsOf(await ask(admin, path, { ...DAY, subscriberId: deleted }));
      assert.deepEqual(late, []);
    });

    it("answers at the namespace of before 2018, and where a doubled slash is in the path", async () => {
      const { text } = await ask(admin, path, HOUR);
      for (const other of [
        path.replace("Microsoft.Commerce.Admin", "Microsoft.Commerce"),
        path.replace("Microsoft.Commerce.Admin/", "Microsoft.Commerce.Admin//"),
        path.replace("subscriberUsageAggregates", "SUBSCRIBERUSAGEAGGREGATES"),
      ])
        assert.equal((await ask(admin, other, HOUR)).text, text, other);
    });

    it("refuses with the codes that the manual has", async () => {
      const wrong: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
        ["400 InvalidProperty", { reportedStartTime: DAY.reportedStartTime }],
        ["400 InvalidProperty", { reportedEndTime: DAY.reportedEndTime }],
        ["400 InvalidProperty", { ...DAY, reportedStartTime: "yesterday" }],
        ["400 InvalidProperty", { ...DAY, reportedStartTime: "2026-02-30T00:00:00Z" }],
        ["400 InvalidProperty", { ...DAY, reportedStartTime: "2026-11-20T01:00:00Z" }],
        ["400 InvalidProperty", { ...HOUR, reportedEndTime: "2026-11-20T20:30:00Z" }],
        ["400 InvalidProperty", { ...HOUR, reportedEndTime: "2026-11-20T20:00:00.001Z" }],
        ["400 InvalidProperty", { ...DAY, reportedEndTime: DAY.reportedStartTime }],
        ["400 InvalidProperty", { ...DAY, continuationToken: "bm90IG91cnM=" }],
        ["400 RequestEndTimeIsInFuture", { ...HOUR, reportedEndTime: "2026-11-30T19:00:00Z" }],
        ["400 RequestEndTimeIsInFuture", { ...DAY, reportedEndTime: "2026-12-01T00:00:00Z" }],
        ["400 InvalidAggregationGranularity", { ...DAY, aggregationGranularity: "Weekly" }],
        ["400 SubscriberIdIsNotDirectTenant", { ...DAY, subscriberId: "7a3c8f10-0000-4000-8000-000000000000" }],
      ];
      for (const [expected, query] of wrong) {
        const answer = await ask(admin, path, query);
        assert.equal(codeOf(answer), expected, JSON.stringify(query));
      }
      assert.equal(codeOf(await ask(admin, path, DAY, { apiVersion: null })), "400 NoApiVersion");
      assert.equal(codeOf(await ask(admin, path, DAY, { apiVersion: "2017-06-01" })), "404 InvalidResourceType");
      const bare = "/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates";
      assert.equal(codeOf(await ask(admin, bare, DAY)), "400 SubscriptionIdMissingInRequest");
    });

    it("takes an end up to the last full hour of today, unless a mode says that this is not complete", async () => {
      const today = { ...HOUR, reportedStartTime: "2026-11-30T17:00:00Z", reportedEndTime: "2026-11-30T18:00:00Z" };
      assert.ok(rowsOf(await ask(admin, path, today)).length > 0);

      emulator.setModes({ usageOfToday: "not-completed" });
      const [refused, taken] = [await ask(admin, path, today), await ask(admin, path, DAY)];
      emulator.setModes({ usageOfToday: "answered" });

      assert.equal(codeOf(refused), "202 ProcessingNotCompleted");
      assert.equal(taken.status, 200);
    });

    it("runs out of time with all subscribers at once where a mode says so, and not with one", async () => {
      emulator.setModes({ usageOfAll: "times-out" });
      const all = await ask(admin, path, DAY);
      const one = await ask(admin, path, { ...DAY, subscriberId: emulator.hubs[0]?.user.subscriptionId ?? "" });
      emulator.setModes({ usageOfAll: "answered" });

      assert.equal(codeOf(all), "504 GatewayTimeout");
      assert.match(String(all.at("error.message")), /'Microsoft\.Commerce\.Admin'/);
      assert.equal(all.headers["x-ms-failure-cause"], "service");
      assert.equal(all.headers.connection, "close");
      assert.equal(one.status, 200);
    });

    it("tells all that was reported up to the end of a window where a mode says so", async () => {
      const parts = rowsOf(await ask(admin, path, DAY));
      emulator.setModes({ usageCut: "totals" });
      const totals = rowsOf(await ask(admin, path, DAY));
      emulator.setModes({ usageCut: "parts" });

      assert.deepEqual(
        totals.map(({ name }) => name),
        parts.map(({ name }) => name),
      );
      assert.ok(totals.some(({ properties }, index) => properties.quantity > (parts[index]?.properties.quantity ?? 0)));
    });

    it("fails as fault rules say, which know it by its name", async () => {
      emulator.addFault({
        match: { operation: "SubscriberUsageAggregates_List" },
        times: 1,
        what: { status: 503, code: "ServiceUnavailable" },
      });
      const [first, second] = [await ask(admin, path, HOUR), await ask(admin, path, HOUR)];
      emulator.clearFaults();

      assert.equal(codeOf(first), "503 ServiceUnavailable");
      assert.equal(second.status, 200);
    });

    it("has the other operations of the namespace", async () => {
      const version = { apiVersion: "2015-06-01-preview" };
      const list = await admin("GET", "/providers/Microsoft.Commerce.Admin/operations", version);
      const update = path.replace("subscriberUsageAggregates", "updateEncryption");

      assert.match(String(list.at("value.0.name")), /subscriberUsageAggregates\/read$/);
      assert.equal((await admin("POST", update, version)).status, 200);
    });
  });

  describe("for a user", () => {
    it("has the rows that the operator sees of the subscription, named by it", async () => {
      const subscriberId = emulator.hubs[0]?.user.subscriptionId ?? "";
      const own = rowsOf(await ask(user, ownPath, DAY));
      const seen = rowsOf(await ask(admin, path, { ...DAY, subscriberId }));

      assert.ok(own.length > 10);
      assert.deepEqual(
        own.map(({ properties }) => properties),
        seen.map(({ properties }) => properties),
      );
      for (const { id } of own) assert.ok(id.startsWith(`/subscriptions/${subscriberId}/`), id);
    });

    it("refuses what the operator's API refuses", async () => {
      assert.equal(codeOf(await ask(user, ownPath, DAY, { apiVersion: null })), "400 NoApiVersion");
      const future = { ...DAY, reportedEndTime: "2026-12-01T00:00:00Z" };
      assert.equal(codeOf(await ask(user, ownPath, future)), "400 RequestEndTimeIsInFuture");
      const elsewhere = ownPath.replace("UsageAggregates", "RateCard");
      assert.equal(codeOf(await ask(user, elsewhere, DAY)), "404 InvalidResourceType");
    });

    it("does not offer the operator's, nor the deleted subscription's own", async () => {
      const deleted = emulator.hubs[0]?.usage.deletedSubscriptionId ?? "";
      const gone = ownPath.replace(/^\/subscriptions\/[^/]+/, `/subscriptions/${deleted}`);

      assert.equal(codeOf(await ask(user, gone, DAY)), "404 SubscriptionNotFound");
      assert.equal((await ask(user, path, DAY)).status, 404);
    });
  });

  // At the end: it leaves nobody but this Reader.
  describe("with roles", () => {
    it("is there for whoever is Reader, and for no one without a role", async () => {
      const { clientId } = emulator;
      const scopes = emulator.hubs.map(({ admin: { subscriptionId } }) => `/subscriptions/${subscriptionId}`);
      emulator.facts.clearRoleAssignments();
      const without = await ask(admin, path, HOUR);
      for (const scope of scopes) emulator.facts.putRoleAssignment({ clientId, role: "Reader", scope });
      const reader = await ask(admin, path, HOUR);

      assert.equal(codeOf(without), "403 AuthorizationFailed");
      assert.equal(reader.status, 200);
    });
  });
});

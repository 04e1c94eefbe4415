import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type EmulatorOptions, runEmulator, WorldError } from "@azurestack-csp/emulator";
import { createHubCaller } from "./support/caller.ts";

const NOW = new Date("2026-11-30T18:54:50Z");
const BEAUMONT = "5966eb44-e0c6-4744-9511-3dc30e9a8df5";

const row = (members: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    hub: "lyon",
    reportedTime: "2026-10-01T19:12:00Z",
    subscriptionId: BEAUMONT,
    usageStartTime: "2026-10-01T18:00:00+00:00",
    usageEndTime: "2026-10-01T19:00:00+00:00",
    instanceData: '{"Microsoft.Resources":{}}',
    quantity: "0.12345678901234567890123",
    meterId: "B5C15376-6C94-4FDD-B655-1A69D138ACA3",
    ...members,
  });

describe("the usage of an emulator", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "usage-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run<Value>(
    options: EmulatorOptions,
    use: (emulator: Awaited<ReturnType<typeof createEmulator>>) => Promise<Value>,
  ) {
    const emulator = await createEmulator({ now: () => NOW, ...options });
    try {
      return await use(emulator);
    } finally {
      await emulator.close();
    }
  }
  const fileOf = async (...lines: readonly string[]) => {
    const path = join(folder, "rows.jsonl");
    await writeFile(path, lines.join("\n"));
    return path;
  };

  it("is that of the last two months without any option, with a deleted subscription, on every Hub", async () => {
    const usages = await run({}, async ({ hubs }) => hubs.map(({ usage }) => usage));

    assert.equal(usages.length, 2);
    for (const { firstReported, lastReported, deletedSubscriptionId } of usages) {
      assert.equal(firstReported, "2026-09-30T00:00:00Z");
      assert.equal(lastReported, "2026-11-30T18:00:00Z");
      assert.match(deletedSubscriptionId ?? "", /^[0-9a-f-]{36}$/);
    }
  });

  it("has a reported day of more than 1,000 hourly rows on every Hub, without any option", async () => {
    await run({}, async (emulator) => {
      for (const { name, admin } of emulator.hubs) {
        const call = await createHubCaller(emulator, { hub: name, endpoint: "admin" });
        const day = "reportedStartTime=2026-11-20&reportedEndTime=2026-11-21&aggregationGranularity=hourly";
        const path = `/subscriptions/${admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
        const answer = await call("GET", `${path}?${day}`, { apiVersion: "2015-06-01-preview" });
        assert.equal(typeof answer.at("nextLink"), "string", name);
      }
    });
  });

  it("has as many tenants as are asked for, whom the operator finds among the subscriptions", async () => {
    const usage = { months: 1, tenants: 30, seed: 7, until: new Date("2026-11-01T00:00Z") };
    await run({ usage }, async (emulator) => {
      const [hub] = emulator.hubs;
      const call = await createHubCaller(emulator, { endpoint: "admin" });
      const at = `/subscriptions/${hub?.admin.subscriptionId}/providers`;
      const listed = await call("GET", `${at}/Microsoft.Subscriptions.Admin/subscriptions`, {
        apiVersion: "2015-11-01",
      });
      const own = listed.at("value");
      assert.ok(Array.isArray(own));
      const made = String(own.at(-1)?.subscriptionId);
      const answer = await call(
        "GET",
        `${at}/Microsoft.Commerce.Admin/subscriberUsageAggregates?reportedStartTime=2026-10-20&reportedEndTime=2026-10-21&subscriberId=${made}`,
        { apiVersion: "2015-06-01-preview" },
      );
      const rows = answer.at("value");
      const found = await call("GET", `${at}/Microsoft.Subscriptions.Admin/subscriptions/${made}`, {
        apiVersion: "2015-11-01",
      });

      assert.equal(own.length, 29);
      assert.ok(Array.isArray(rows) && rows.length > 10);
      assert.equal(found.status, 200);
      assert.deepEqual(
        [hub?.usage.firstReported, hub?.usage.lastReported],
        ["2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"],
      );
    });
  });

  it("ends when a subscription is deleted or disabled while the emulator runs, and goes on when it is enabled", async () => {
    let now = NOW;
    await run({ now: () => now }, async (emulator) => {
      const path = `/subscriptions/${emulator.hubs[0]?.admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
      emulator.facts.setLocalSubscription("paris", BEAUMONT, { state: "Disabled" });
      now = new Date("2026-12-01T06:10:00Z");
      emulator.facts.setLocalSubscription("paris", BEAUMONT, { state: "Enabled" });
      now = new Date("2026-12-02T00:10:00Z");
      const window = "reportedStartTime=2026-11-30&reportedEndTime=2026-12-02&aggregationGranularity=hourly";
      const call = await createHubCaller(emulator, { endpoint: "admin" });
      const answer = await call("GET", `${path}?${window}&subscriberId=${BEAUMONT}`, {
        apiVersion: "2015-06-01-preview",
      });
      const rows = answer.at("value");
      assert.ok(Array.isArray(rows));
      const hours = new Set(rows.map((one) => String(one.properties.usageStartTime).slice(0, 13)));

      assert.ok(hours.has("2026-11-30T17") && hours.has("2026-12-01T06"));
      assert.ok(!hours.has("2026-11-30T18") && !hours.has("2026-12-01T05"));
    });
  });

  it("is that of a file of rows, to the last digit, where one is named", async () => {
    const usage = await fileOf(row(), row({ reportedTime: "2026-10-01T20:00:00Z", quantity: "1e-20" }));
    await run({ usage }, async (emulator) => {
      const [paris, lyon] = emulator.hubs;
      const call = await createHubCaller(emulator, { hub: "lyon", endpoint: "admin" });
      const path = `/subscriptions/${lyon?.admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
      const day = "reportedStartTime=2026-10-01&reportedEndTime=2026-10-02";
      const answer = await call("GET", `${path}?${day}&subscriberId=${BEAUMONT}`, { apiVersion: "2015-06-01-preview" });

      assert.match(answer.text, /"quantity":0\.12345678901234567891123,/);
      assert.equal(paris?.usage.firstReported, null);
      assert.deepEqual(
        [lyon?.usage.firstReported, lyon?.usage.lastReported],
        ["2026-10-01T00:00:00Z", "2026-10-01T21:00:00Z"],
      );
    });
  });

  it("is refused where the file cannot be used, or names a Hub that there is not", async () => {
    for (const line of ["{", row({ quantity: "much" }), row({ hub: "nantes" })])
      await assert.rejects(createEmulator({ usage: await fileOf(line) }), WorldError, line);
  });

  it("is asked for on the command line, which refuses what it cannot use", async () => {
    const start = async (usage: string) => {
      const out: string[] = [];
      const errors: string[] = [];
      const code = await runEmulator(["--json", "--usage", usage], {
        stdout: (text) => out.push(text),
        stderr: (text) => errors.push(text),
        untilEnded: async () => undefined,
      });
      return { code, out: out.join(""), errors: errors.join("") };
    };
    const { code, out } = await start("months=1,until=2026-11-01T00:00Z");
    const refused = [await start("months=0"), await start(join(folder, "missing.jsonl"))];

    assert.equal(code, 0);
    assert.equal(JSON.parse(out).hubs[0].usage.firstReported, "2026-10-01T00:00:00Z");
    assert.deepEqual(
      refused.map((run) => run.code),
      [2, 2],
    );
    assert.match(refused[0]?.errors ?? "", /--usage months cannot be "0"/);
    assert.match(refused[1]?.errors ?? "", /missing\.jsonl cannot be read/);
  });
});

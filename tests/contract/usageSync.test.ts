import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createHubSource, openStore } from "@azurestack-csp/usage";
import { getUsage } from "azurestack-csp";
import { createHubClient } from "../../provider/src/clients/connectHub.ts";
import { instant, type Report } from "../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../support/usage/stores.ts";
import { createEmulatedClients, createHastyClock, environmentOf } from "./emulatedClients.ts";

const NOW = "2026-11-04T12:30:00Z";
const DAYS = { from: "2026-11-01", to: "2026-11-03" };
const registration = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-paris",
};

describe("a sync of an emulated Hub, over HTTPS", () => {
  const newFolder = storeFolders();
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({
      usage: { months: 1, until: new Date("2026-11-03T00:00:00Z") },
      now: () => new Date(NOW),
    });
  });

  after(() => emulator.close());

  afterEach(() => emulator.setModes({ usageOfAll: "answered", usageTokens: "taken", usagePageSize: 1_000 }));

  function access() {
    const hub = emulator.hubs.find(({ name }) => name === "paris");
    assert(hub);
    return { adminEndpoint: hub.admin.resourceManager, caFile: emulator.caCertificate ?? "" };
  }

  function source() {
    const hub = createHubClient(environmentOf(emulator), access(), { clock: createHastyClock() });
    return createHubSource({
      key: "paris",
      registration,
      hub,
      registrations: createEmulatedClients(emulator).registrations,
    });
  }

  /** What the Hub tells whoever asks it another way, hour by hour; each row as a report of its own. */
  async function reported(): Promise<readonly Report[]> {
    const rows: Report[] = [];
    for (let hour = Date.parse(DAYS.from); hour < Date.parse(DAYS.to); hour += 3_600_000) {
      const [from, to] = [instant(hour), instant(hour + 3_600_000)];
      const args = { hub: access(), from, to, granularity: "hourly" as const };
      for await (const row of getUsage(args, { env: environmentOf(emulator), say: () => undefined })) {
        const { usageStart, subscriptionId: subscription, meterId: meter, resourceId: resource, quantity } = row;
        rows.push({ reported: from, usageStart, subscription, meter, resource, quantity });
      }
    }
    return rows;
  }

  it("brings in all that was reported, page by page, and asks the gateway for less where it gives up", async () => {
    const expected = await plainSums(await reported(), { granularity: "hourly", before: NOW });
    const folder = newFolder();
    emulator.setModes({ usagePageSize: 100 });
    const stretch = { from: Date.parse(DAYS.from), to: Date.parse("2026-11-02T00:00Z") };
    const [first] = await sync(folder, source(), { stretch, now: NOW });
    emulator.setModes({ usageOfAll: "times-out" });

    const [second] = await sync(folder, source(), { stretch: { ...stretch, to: Date.parse(DAYS.to) }, now: NOW });

    for (const outcome of [first, second])
      assert.deepEqual([outcome?.problems, outcome?.missing, outcome?.windows], [[], 0, 24]);
    assert.deepEqual([first?.split?.windows, second?.split?.windows], [undefined, 24]);
    assert.ok(expected.length > 1_000, `only ${expected.length} keys`);
    assert.deepEqual(await storedSums(folder), expected);
    const store = openStore(folder);
    const kinds = new Set(store.notes().map(({ kind }) => kind));
    assert.deepEqual([...kinds].toSorted(), ["mapping", "subscription"]);
    store.close();
  }).timeout(120_000);
});

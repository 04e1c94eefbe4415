import assert from "node:assert/strict";
import { hasCode, ProviderError } from "@azurestack-csp/provider";
import { type Asker, openStore } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { CLOUD_ID, hubDouble, LATE, SUBSCRIPTION } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const OTHER = "4f0a1c52-0000-4000-8000-00000000000b";

describe("the Hubs of a store", () => {
  it("go on in the same data under another key of the list", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: LATE }), { now: "2026-10-02T02:00:00Z" });

    const [outcome] = await sync(
      folder,
      hubDouble({ key: "paris-nord", cloudId: CLOUD_ID.toUpperCase(), reports: LATE }),
    );

    assert.deepEqual(outcome?.problems, []);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
    const store = openStore(folder);
    assert.deepEqual(
      store.hubs().map(({ cloudId, keys }) => [cloudId, keys]),
      [[CLOUD_ID, ["paris-nord", "paris"]]],
    );
    store.close();
  });

  it("are refused where a key names another Hub than before, and nothing is asked for", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble());
    const other = hubDouble({ cloudId: OTHER });

    const [outcome] = await sync(folder, other);

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_HUB_CHANGED));
    assert.deepEqual(other.asked, []);
  });

  it("keep the granularity of their first sync", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble(), { granularity: "daily" });
    const hub = hubDouble();

    const [refused] = await sync(folder, hub, { granularity: "hourly" });
    const [kept] = await sync(folder, hub);

    assert.ok(hasCode(refused?.problems[0], usageErrors.CSP_SYNC_GRANULARITY));
    assert.deepEqual([kept?.problems, kept?.granularity, hub.asked.length], [[], "daily", 0]);
  });

  it("are not asked by another endpoint or another operator's subscription than before, which would show other usage", async () => {
    const folder = newFolder();
    const by = (kind: Asker["kind"], subscription: string | undefined) =>
      hubDouble({ reports: LATE, asker: () => ({ kind, subscription }) });
    await sync(folder, by("admin", "p1"));

    for (const other of [by("user", "u1"), by("admin", "p2")]) {
      const [outcome] = await sync(folder, other, { now: "2026-10-11T00:00:00Z" });
      assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_ASKER_CHANGED));
      assert.deepEqual(other.asked, []);
    }
    const [same] = await sync(folder, by("admin", "p1"), { now: "2026-10-11T00:00:00Z" });
    assert.deepEqual(same?.problems, []);
  });

  it("are fixed in nothing by a command that noted no page", async () => {
    const folder = newFolder();
    const again = { from: Date.parse("2026-10-01"), to: Date.parse("2026-10-02") };
    const failing = hubDouble({
      cloudId: OTHER,
      asker: () => ({ kind: "user", subscription: SUBSCRIPTION }),
      instead: () => {
        throw new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
      },
    });
    const [unknown] = await sync(folder, hubDouble(), { again });
    await sync(folder, failing);

    const [outcome] = await sync(folder, hubDouble({ reports: LATE }), { granularity: "daily" });

    assert.ok(hasCode(unknown?.problems[0], usageErrors.CSP_SYNC_AGAIN_UNKNOWN));
    assert.deepEqual([outcome?.problems, outcome?.granularity, outcome?.rows], [[], "daily", 4]);
    const store = openStore(folder);
    assert.deepEqual(
      store.hubs().map(({ cloudId }) => cloudId),
      [CLOUD_ID],
    );
    store.close();
  });

  it("are asked once where two registrations are the same", async () => {
    const second = hubDouble({ key: "lyon" });

    const outcomes = await sync(newFolder(), [hubDouble(), second]);

    const problems = outcomes.flatMap((outcome) => outcome.problems);
    assert.equal(problems.length, 1);
    assert.ok(hasCode(problems[0], usageErrors.CSP_SYNC_HUB_TWICE));
  });

  it("are refused with an id that cannot name a folder, or that engines take for a number", async () => {
    for (const cloudId of ["..", "a/b", "0012", ""]) {
      const [outcome] = await sync(newFolder(), hubDouble({ cloudId }));

      assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_CLOUD_ID), cloudId);
    }
  });

  it("are not asked again for windows that were never asked for", async () => {
    const again = { from: Date.parse("2026-09-01"), to: Date.parse("2026-09-02") };

    const [outcome] = await sync(newFolder(), hubDouble(), { again });

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_AGAIN_UNKNOWN));
  });

  it("are asked for usage although who is on them cannot be told", async () => {
    const folder = newFolder();
    const refusal = new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
    const hub = hubDouble({
      reports: LATE,
      mappings: () => {
        throw refusal;
      },
    });

    const [outcome] = await sync(folder, hub);

    assert.deepEqual([outcome?.problems, outcome?.missing, outcome?.rows], [[refusal], 0, 6]);
  });

  it("have their mappings and subscriptions noted with the times at which they were so", async () => {
    const folder = newFolder();
    let tenantId = "t1";
    let subscriptions = ["s1", "s2"];
    const hub = hubDouble({
      mappings: () => [{ name: "c1", facts: { tenantId } }],
      subscriptions: () => subscriptions.map((name) => ({ name, facts: {} })),
    });
    await sync(folder, hub, { now: "2026-10-10T00:00:00Z" });
    await sync(folder, hub, { now: "2026-10-11T00:00:00Z" });
    [tenantId, subscriptions] = ["t2", ["s2"]];

    await sync(folder, hub, { now: "2026-10-12T00:00:00Z" });

    const store = openStore(folder);
    const noted = store
      .notes()
      .map(({ name, facts, firstSeen, lastSeen, endedAt }) =>
        [name, facts.tenantId, firstSeen.slice(8, 10), lastSeen.slice(8, 10), endedAt?.slice(8, 10)].join(" "),
      );
    assert.deepEqual(noted, ["c1 t1 10 11 12", "c1 t2 12 12 ", "s1  10 11 12", "s2  10 12 "]);
    store.close();
  });
});

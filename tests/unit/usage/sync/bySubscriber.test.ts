import assert from "node:assert/strict";
import { hasCode, ProviderError } from "@azurestack-csp/provider";
import { type Asker, openStore, type PageAnswer } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { hubDouble, LATE, report, SUBSCRIPTION } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const OTHER = "0a11f9c1-5b0e-4f3a-9a11-000000000002";
const REPORTS = [...LATE, { ...report("2026-10-02T19:10:00Z", "2026-10-02T17:00:00Z", "3"), subscription: OTHER }];
const expected = plainSums(REPORTS, { granularity: "hourly", before: "2026-10-09T00:00:00Z" });
const unreachable = new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
const user: Asker = { kind: "user", subscription: undefined };

function named(...ids: readonly string[]) {
  return ids.map((name) => ({ name, facts: {} }));
}

function refused(status: number): PageAnswer {
  const answer = { status, host: "hub.example", request: "GET /", correlationId: undefined, code: undefined };
  const details = { action: "list", scope: "/subscriptions/s" } as const;
  return { kind: "refused", error: new ProviderError("CSP_HUB_NOT_AUTHORIZED", details, { answer: answer as never }) };
}

describe("a Hub that is asked one subscriber at a time", () => {
  it("is not asked while its subscribers cannot be listed, and no window passes for done", async () => {
    const folder = newFolder();
    let fails = true;
    const subscriptions = () => {
      if (fails) throw unreachable;
      return named(SUBSCRIPTION, OTHER);
    };
    const hub = hubDouble({ reports: REPORTS, asker: () => user, subscriptions });

    const [outcome] = await sync(folder, hub);
    fails = false;
    const [second] = await sync(folder, hub);

    assert.deepEqual(outcome?.problems, [unreachable]);
    assert.deepEqual([outcome?.windows, outcome?.missing, outcome?.closed], [0, 210, []]);
    assert.deepEqual([second?.windows, second?.problems], [210, []]);
    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("has the windows wait that its gateway gave up over, where its subscribers cannot be listed", async () => {
    const folder = newFolder();
    let fails = true;
    const hub = hubDouble({
      reports: REPORTS,
      subscriptions: () => {
        if (fails) throw unreachable;
        return named(SUBSCRIPTION, OTHER);
      },
      instead: ({ start, subscriber }) =>
        start >= "2026-10-02T19:00:00Z" && subscriber === undefined ? { kind: "timedOut" } : undefined,
    });

    const [outcome] = await sync(folder, hub);
    fails = false;
    await sync(folder, hub);

    assert.deepEqual(outcome?.problems, [unreachable]);
    assert.ok((outcome?.missing ?? 0) > 160);
    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("takes no window for done where it shows no subscriber at all", async () => {
    const [outcome] = await sync(newFolder(), hubDouble({ asker: () => user }));

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_NO_SUBSCRIBERS));
    assert.deepEqual([outcome?.problems.length, outcome?.windows, outcome?.closed], [1, 0, []]);
  });

  it("goes on past a subscriber that is none of the provider's, and says so", async () => {
    const folder = newFolder();
    const hub = hubDouble({
      reports: REPORTS,
      asker: () => user,
      subscriptions: () => named("stranger", SUBSCRIPTION, OTHER),
      instead: ({ subscriber }) => (subscriber === "stranger" ? { kind: "notServed" } : undefined),
    });

    const [outcome] = await sync(folder, hub);

    assert.deepEqual([outcome?.problems, outcome?.missing], [[], 0]);
    assert.deepEqual(outcome?.unasked, [{ subscriber: "stranger", reason: "notServed" }]);
    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("misses the windows of a subscriber that it refuses, names it once, and brings them in once it is allowed", async () => {
    const folder = newFolder();
    let isRefused = true;
    const hub = hubDouble({
      reports: REPORTS,
      asker: () => user,
      instead: ({ subscriber, start }) =>
        isRefused && subscriber === OTHER && start >= "2026-10-02T00:00:00Z" ? refused(403) : undefined,
    });

    const [outcome] = await sync(folder, hub);
    isRefused = false;
    await sync(folder, hub);

    const [problem] = outcome?.problems ?? [];
    assert.ok(hasCode(problem, usageErrors.CSP_SYNC_SUBSCRIBER_REFUSED), String(problem));
    assert.match(problem.message, new RegExp(OTHER));
    assert.deepEqual([outcome?.problems.length, outcome?.windows, outcome?.missing], [1, 24, 186]);
    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("is asked for all that a user ever had, and says whom it can no longer be asked about", async () => {
    const folder = newFolder();
    let subscriptions = named(SUBSCRIPTION, OTHER);
    let isGone = false;
    const asker = (): Asker => ({ kind: "user", subscription: subscriptions.length > 1 ? undefined : SUBSCRIPTION });
    const hub = hubDouble({
      reports: REPORTS,
      asker,
      subscriptions: () => subscriptions,
      instead: ({ subscriber }) => (isGone && subscriber === OTHER ? refused(404) : undefined),
    });
    await sync(folder, hub, { now: "2026-10-02T12:00:00Z" });
    subscriptions = named(SUBSCRIPTION);

    const [left] = await sync(folder, hub);
    isGone = true;
    const [gone] = await sync(folder, hub, { now: "2026-10-10T03:00:00Z" });

    assert.deepEqual(left?.unasked, []);
    assert.deepEqual(await storedSums(folder), await expected);
    assert.deepEqual([gone?.problems, gone?.unasked], [[], [{ subscriber: OTHER, reason: "gone" }]]);
    const store = openStore(folder);
    assert.deepEqual(
      store
        .notes()
        .filter(({ endedAt }) => endedAt !== null)
        .map(({ name }) => name),
      [OTHER],
    );
    store.close();
  });
});

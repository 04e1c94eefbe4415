import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import type { PageAnswer } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { hubDouble, LATE, report, rowOf, SUBSCRIPTION } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("syncWindow", () => {
  it("asks one subscriber after the other once the gateway has given up, deleted ones too, and remembers it", async () => {
    const folder = newFolder();
    const other = "0a11f9c1-5b0e-4f3a-9a11-000000000002";
    const reports = [...LATE, { ...report("2026-10-02T19:10:00Z", "2026-10-02T17:00:00Z", "3"), subscription: other }];
    let subscribers = [SUBSCRIPTION, other];
    let gaveUp = 0;
    const hub = hubDouble({
      reports,
      subscriptions: () => subscribers.map((name) => ({ name, facts: {} })),
      instead: ({ start, subscriber }) => {
        if (start < "2026-10-01T20:00:00Z" || subscriber !== undefined) return undefined;
        gaveUp += 1;
        return { kind: "timedOut" };
      },
    });
    await sync(folder, hub, { now: "2026-10-01T12:00:00Z" });
    subscribers = [other];

    const [outcome] = await sync(folder, hub, { windowsAtOnce: 1 });
    await sync(folder, hub, { now: "2026-10-10T08:00:00Z" });

    assert.deepEqual(outcome?.problems, []);
    // Twice in the run in which it first gave up, and once in each later one that asks for anything.
    assert.equal(gaveUp, 3);
    const { windows = 0, from } = outcome?.split ?? {};
    assert.deepEqual([windows, from], [190, "2026-10-01T20:00:00Z"]);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(reports, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });

  it("asks for all once more where the gateway gave up once, so that nobody's usage is left out", async () => {
    const folder = newFolder();
    const unseen = { ...report("2026-10-02T19:10:00Z", "2026-10-02T17:00:00Z", "3"), subscription: "unseen" };
    const reports = [...LATE, unseen];
    let left = 1;
    const hub = hubDouble({
      reports,
      subscriptions: () => [{ name: SUBSCRIPTION, facts: {} }],
      instead: ({ start }) =>
        start === unseen.reported.replace("10:00Z", "00:00Z") && left-- > 0 ? { kind: "timedOut" } : undefined,
    });

    const [outcome] = await sync(folder, hub);

    assert.deepEqual([outcome?.problems, outcome?.split], [[], undefined]);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(reports, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });

  it("asks for all again in the next run, and keeps saying for which windows it did not", async () => {
    const folder = newFolder();
    let gives = true;
    const hub = hubDouble({
      reports: LATE,
      instead: ({ subscriber }) => (gives && subscriber === undefined ? { kind: "timedOut" } : undefined),
    });
    await sync(folder, hub, { now: "2026-10-01T09:00:00Z" });
    gives = false;
    const asked = hub.asked.length;

    const [outcome] = await sync(folder, hub);

    const later = hub.asked.slice(asked);
    assert.ok(later.length > 0 && later.every(({ subscriber }) => subscriber === undefined));
    assert.deepEqual(outcome?.split, { windows: 3, from: "2026-10-01T00:00:00Z", to: "2026-10-01T03:00:00Z" });
    const [again] = await sync(folder, hub, {
      again: { from: Date.parse("2026-10-01"), to: Date.parse("2026-10-01T03:00Z") },
    });
    assert.equal(again?.split, undefined);
  });

  it("begins a window anew whose link the Hub has forgotten, and says so where it does so for ever", async () => {
    const folder = newFolder();
    let forgets = 2;
    const hub = hubDouble({
      reports: LATE,
      pageSize: 1,
      instead: ({ link }) => (link !== undefined && forgets-- > 0 ? { kind: "lost" } : undefined),
    });

    const [outcome] = await sync(folder, hub);
    forgets = Number.POSITIVE_INFINITY;
    const [failing] = await sync(newFolder(), hub);

    assert.deepEqual(outcome?.problems, []);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
    assert.ok(hasCode(failing?.problems[0], usageErrors.CSP_SYNC_LINK_EXPIRED));
    assert.deepEqual([failing?.missing, failing?.problems.length], [1, 1]);
  });

  it("does not follow links that lead in a circle, and begins that window anew in the next run", async () => {
    const folder = newFolder();
    let circles = true;
    const page = (from: number): PageAnswer => ({
      kind: "page",
      rows: [],
      nextLink: `https://hub.example/usage?from=${from}`,
      body: "",
    });
    const hub = hubDouble({
      reports: LATE,
      pageSize: 1,
      instead: ({ start, link }) =>
        circles && start === "2026-10-01T19:00:00Z" && link !== undefined
          ? page(link.endsWith("=1") ? 2 : 1)
          : undefined,
    });

    const [outcome] = await sync(folder, hub);
    circles = false;
    await sync(folder, hub);

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_LINK_REPEATED));
    assert.equal(outcome?.missing, 1);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });

  it("takes rows as long as readers are prepared for, and leaves a window out that has a longer one", async () => {
    const folder = newFolder();
    const hub = hubDouble({
      rows: ({ window }) => {
        const length = window.start === "2026-10-02T00:00:00Z" ? 600_000 : 520_000;
        const row = rowOf(report("", "2026-10-01T00:00:00Z", "1"), "daily");
        return window.start < "2026-10-03" ? [{ ...row, tags: "漢".repeat(length) }] : [];
      },
    });

    const [outcome] = await sync(folder, hub, { granularity: "daily" });

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_ROW_LENGTH));
    assert.deepEqual([outcome?.missing, outcome?.rows, (await storedSums(folder)).length], [1, 1, 1]);
  });

  it("does not follow a link that leads to its own page", async () => {
    const hub = hubDouble({
      reports: LATE,
      instead: ({ start, link }) =>
        start === "2026-10-01T19:00:00Z" && link !== undefined
          ? { kind: "page", rows: [], nextLink: link, body: "" }
          : undefined,
      pageSize: 1,
    });

    const [outcome] = await sync(newFolder(), hub);

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_LINK_REPEATED));
    assert.equal(outcome?.missing, 1);
  });
});

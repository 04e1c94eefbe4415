import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { hubDouble, LATE } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("the clock of a sync", () => {
  it("may be some minutes ahead of the Hub's; beyond, no window counts as asked for", async () => {
    const answering = (there: string) =>
      hubDouble({
        instead: () => ({ kind: "page", rows: [], nextLink: undefined, body: "", answeredAt: Date.parse(there) }),
      });
    const folder = newFolder();
    const now = "2026-10-02T12:00:00Z";

    const [ahead] = await sync(folder, answering("2026-10-02T11:54:59Z"), { now });
    const [near] = await sync(folder, answering("2026-10-02T11:55:00Z"), { now });
    const [behind] = await sync(newFolder(), answering("2026-10-02T17:00:00Z"), { now });

    const [problem] = ahead?.problems ?? [];
    assert.ok(hasCode(problem, usageErrors.CSP_SYNC_CLOCK), String(problem));
    assert.match(problem.message, /2026-10-02T12:00:00Z, .* 2026-10-02T11:54:59Z/);
    assert.deepEqual([ahead?.windows, ahead?.missing, ahead?.problems.length], [0, 30, 1]);
    for (const outcome of [near, behind]) assert.deepEqual([outcome?.problems, outcome?.windows], [[], 30]);
  });

  it("has windows asked for again that were asked for sooner than usage is now waited for", async () => {
    const folder = newFolder();
    const hub = hubDouble({ reports: LATE });
    await sync(folder, hubDouble({ reports: LATE.slice(0, 1) }), { now: "2026-10-01T20:00:00Z", delayHours: 0 });

    const [outcome] = await sync(folder, hub);
    await sync(folder, hub);

    assert.deepEqual([outcome?.problems, outcome?.replaced], [[], { before: 1, after: 2 }]);
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-01T19:00:00Z").length, 1);
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-01T13:00:00Z").length, 0);
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-01T14:00:00Z").length, 1);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });
});

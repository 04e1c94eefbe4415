import assert from "node:assert/strict";
import { hasCode, ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { type HubDoubleOptions, hubDouble, LATE, report, rowOf } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("a sync of windows once more", () => {
  it("replaces the rows of windows that are asked for again, and of no other", async () => {
    const folder = newFolder();
    let changed = false;
    const hub = hubDouble({
      rows: ({ window }) => {
        if (window.start === "2026-10-01T18:00:00Z" && changed)
          return [rowOf(report("", "2026-10-01T17:00:00Z", "5", "/new"), "hourly")];
        if (window.start >= "2026-10-01T17:00:00Z" && window.start <= "2026-10-01T19:00:00Z")
          return [rowOf(report("", "2026-10-01T17:00:00Z", "1", "/old"), "hourly")];
        return [];
      },
    });
    await sync(folder, hub);
    changed = true;
    const asked = hub.asked.length;

    const again = { from: Date.parse("2026-10-01T18:00Z"), to: Date.parse("2026-10-01T19:00Z") };
    const [outcome] = await sync(folder, hub, { again });

    assert.deepEqual(
      (await storedSums(folder)).map(({ resource, quantity }) => [resource, Number(quantity)]),
      [
        ["/new", 5],
        ["/old", 2],
      ],
    );
    assert.equal(hub.asked.length - asked, 1);
    assert.deepEqual(outcome?.reopened, ["2026-10-01"]);
  });

  it("begins windows anew that a stopped command had asked for again, where they are asked for again once more", async () => {
    const folder = newFolder();
    const times = { from: Date.parse("2026-10-01T18:00Z"), to: Date.parse("2026-10-01T19:00Z") };
    const row = (quantity: string, resource: string) =>
      rowOf(report("", "2026-10-01T17:00:00Z", quantity, resource), "hourly");
    const answering = (quantity: string, instead: HubDoubleOptions["instead"] = () => undefined) =>
      hubDouble({
        pageSize: 1,
        instead,
        rows: ({ window }) =>
          window.start === "2026-10-01T18:00:00Z" ? [row(quantity, "/a"), row(quantity, "/b")] : [],
      });
    await sync(folder, answering("1"));
    const stops = answering("2", ({ link }) => {
      if (link === undefined) return undefined;
      throw new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
    });
    await sync(folder, stops, { again: times });

    const [outcome] = await sync(folder, answering("3"), { again: times });

    assert.deepEqual(outcome?.problems, []);
    assert.deepEqual(
      (await storedSums(folder)).map(({ quantity }) => Number(quantity)),
      [3, 3],
    );
  });

  it("replaces nothing where the Hub has fewer rows than the store, unless their number is confirmed", async () => {
    const folder = newFolder();
    const again = { from: Date.parse("2026-10-01"), to: Date.parse("2026-10-04") };
    await sync(folder, hubDouble({ reports: LATE }));
    const before = await storedSums(folder);
    const empty = hubDouble();

    const [refused] = await sync(folder, empty, { again });
    const [tooFew] = await sync(folder, empty, { again, maxRowsLost: 5 });
    const kept = await storedSums(folder);
    const asked = empty.asked.length;
    const [later] = await sync(folder, empty);
    const [confirmed] = await sync(folder, empty, { again, maxRowsLost: 6 });

    const [problem] = refused?.problems ?? [];
    assert.ok(hasCode(problem, usageErrors.CSP_SYNC_ROWS_LOST), String(problem));
    assert.match(
      problem.message,
      /5 windows from 2026-10-01T19:00:00Z to 2026-10-03T02:00:00Z .* 6 rows fewer .*`--max-rows-lost 6`/,
    );
    assert.deepEqual([refused?.windows, refused?.reopened, tooFew?.problems.length], [0, [], 1]);
    assert.deepEqual(kept, before);
    assert.deepEqual([empty.asked.length - asked, later?.problems], [72, []]);
    assert.deepEqual([confirmed?.problems, confirmed?.replaced], [[], { before: 6, after: 0 }]);
    assert.deepEqual(await storedSums(folder), []);
  });

  it("that was stopped neither loses rows in the next run, and that run's own come in", async () => {
    const folder = newFolder();
    const again = { from: Date.parse("2026-10-01T19:00Z"), to: Date.parse("2026-10-01T20:00Z") };
    const now = "2026-10-02T02:00:00Z";
    await sync(folder, hubDouble({ reports: LATE }), { now });
    const stops = hubDouble({
      instead: () => {
        throw new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
      },
    });
    await sync(folder, stops, { again, now });

    const [outcome] = await sync(folder, hubDouble({ reports: LATE.slice(2) }));

    assert.ok(hasCode(outcome?.problems[0], usageErrors.CSP_SYNC_ROWS_LOST));
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });
});

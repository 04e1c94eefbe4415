import assert from "node:assert/strict";
import fc from "fast-check";
import { dayOf } from "../../../../emulator/src/usage/hours.ts";
import { type Granularity, usageRows } from "../../../../emulator/src/usage/usageRows.ts";
import type { UsageSource } from "../../../../emulator/src/usage/usageSource.ts";
import { END, estate, FIRST, hub, rowsOf, sumsOf, unitsOf } from "./support.ts";

const granularities: readonly Granularity[] = ["hourly", "daily"];
const plain = ({ of: { meterId, instanceData }, ...row }: ReturnType<typeof rowsOf>[number]) => ({
  ...row,
  meterId,
  instanceData,
});
const slice = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ start, subscriptionId, of, quantity }) => ({ start, subscriptionId, meterId: of.meterId, quantity }));

describe("usageRows", () => {
  it("gives the same sums however the time of the reports is split", () => {
    const from = FIRST + 200;
    const days = 3;
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: days * 24 - 1 }), { maxLength: 6 });
    const whole = sumsOf(rowsOf(estate(), { reported: { from, to: from + days * 24 }, granularity: "hourly" }));

    fc.assert(
      fc.property(cuts, (hours) => {
        const edges = [0, ...hours.toSorted((left, right) => left - right), days * 24].map((hour) => from + hour);
        const parts = edges
          .slice(1)
          .flatMap((to, index) =>
            rowsOf(estate(), { reported: { from: edges[index] ?? 0, to }, granularity: "hourly" }),
          );
        assert.deepEqual(sumsOf(parts), whole);
      }),
      { numRuns: 10 },
    );
  });

  it("gives the same sum for a day of use by the hour and by the day", () => {
    const reported = { from: FIRST + 240, to: FIRST + 288 };
    const byDay = sumsOf(rowsOf(estate(), { reported, granularity: "daily" }));
    const hourly = rowsOf(estate(), { reported, granularity: "hourly" });

    assert.deepEqual(sumsOf(hourly.map((row) => ({ ...row, start: dayOf(row.start) }))), byDay);
    assert.ok(byDay.size > 100);
  });

  it("makes any hour by itself as it makes it within a range", () => {
    const worn = estate();
    for (const _ of usageRows(worn, { reported: { from: FIRST, to: FIRST + 120 }, granularity: "hourly" }));

    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: END - 1 }), (from) => {
        const query = { reported: { from, to: from + 1 }, granularity: "hourly" } as const;
        assert.deepEqual(rowsOf(estate(), query).map(plain), rowsOf(worn, query).map(plain));
      }),
      { numRuns: 25 },
    );
  });

  it("goes on from any row as if it had made those before it", () => {
    for (const granularity of granularities) {
      const query = { reported: { from: FIRST + 480, to: FIRST + 504 }, granularity };
      const source = estate();
      const all = rowsOf(source, query).map(plain);

      fc.assert(
        fc.property(fc.nat({ max: all.length - 1 }), (index) => {
          const rest = [...usageRows(source, query, all[index])].map(plain);
          assert.deepEqual(rest, all.slice(index));
        }),
        { numRuns: 15 },
      );
    }
  });

  it("shows each meter of a resource once in an hour or a day", () => {
    for (const granularity of granularities) {
      const rows = rowsOf(estate(), { reported: { from: FIRST + 240, to: FIRST + 264 }, granularity });
      assert.equal(sumsOf(rows).size, rows.length);
    }
  });

  it("shows one subscription as all of them have it, its id in any letter case", () => {
    const reported = { from: FIRST + 480, to: FIRST + 504 };
    const source = estate();
    const subscriptionId = "00000000-0000-4000-8000-0000000000ab";
    const other = estate(7, {
      ...hub,
      subscriptions: (hub.subscriptions ?? []).map((one) => ({ ...one, subscriptionId })),
    });

    for (const { subscriptionId: asked } of source.subscriptions) {
      const own = rowsOf(source, { reported, granularity: "daily", subscriptionId: asked });
      const all = rowsOf(source, { reported, granularity: "daily" });
      assert.deepEqual(own.map(plain), all.filter((row) => row.subscriptionId === asked).map(plain));
      assert.ok(own.length > 0 || asked === "00000000-0000-4000-8000-000000000003");
    }
    const query = { reported, granularity: "daily", subscriptionId: subscriptionId.toUpperCase() } as const;
    assert.ok(rowsOf(other, query).length > 0);
  });

  it("holds nothing that was reported before the first hour, or from the end on", () => {
    const source = estate();
    const all = { from: FIRST - 100, to: END + 100 };
    assert.deepEqual(rowsOf(source, { reported: { from: FIRST - 100, to: FIRST }, granularity: "hourly" }), []);
    assert.deepEqual(rowsOf(source, { reported: { from: END, to: END + 100 }, granularity: "hourly" }), []);
    assert.deepEqual(
      slice(rowsOf(source, { reported: all, granularity: "daily" })),
      slice(rowsOf(source, { reported: { from: FIRST, to: END }, granularity: "daily" })),
    );
  });

  it("tells in each window all that was reported up to its end, when it is to", () => {
    const reported = { from: FIRST + 480, to: FIRST + 504 };
    const source = estate();
    const parts = rowsOf(source, { reported, granularity: "daily" });
    const totals = rowsOf(source, { reported, granularity: "daily", cut: "totals" });
    const sofar = sumsOf(rowsOf(source, { reported: { from: FIRST, to: reported.to }, granularity: "daily" }));

    assert.deepEqual([...sumsOf(totals).keys()], [...sumsOf(parts).keys()]);
    for (const [key, units] of sumsOf(totals)) assert.equal(units, sofar.get(key));
    assert.ok(totals.some(({ quantity }, index) => unitsOf(quantity) > unitsOf(parts[index]?.quantity ?? "0")));
  });

  it("makes nothing of what lies before the row that it goes on from", () => {
    const source = estate();
    let asked = 0;
    const counted: UsageSource = {
      ...source,
      subscriptions: source.subscriptions.map((usage) => ({
        ...usage,
        addParts(...parts) {
          asked += 1;
          usage.addParts(...parts);
        },
      })),
    };
    const query = { reported: { from: FIRST + 480, to: FIRST + 504 }, granularity: "hourly" } as const;
    const all = rowsOf(source, query);
    const rest = [...usageRows(counted, query, all.at(-50))];

    assert.equal(rest.length, 50);
    assert.ok(asked < all.length / 4, `${asked} of ${all.length}`);
  });
});

import assert from "node:assert/strict";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { compare, formatDecimal, parseDecimal } from "../../../../../usage/src/domain/rates/decimal.ts";
import { compareQuantities, rateUsage } from "../../../../../usage/src/domain/rates/rateUsage.ts";
import { totalsOf } from "../../../../../usage/src/domain/rates/totals.ts";
import { cardOf, meters, pageBlobs, tenant } from "./cards.ts";

const card = cardOf([
  pageBlobs("to: 2026-10-15, free: 100.5, tiers: [{ to: 1000, price: 0.12345678 }, { from: 1000, price: 0.07 }]"),
  pageBlobs("from: 2026-10-15, price: 0.09, markup: 25%"),
  pageBlobs(`tenantId: ${tenant(1)}, price: 0.08`),
  "{ meter: TableCapacity, unit: GB*hours, from: 2026-10-10, price: 0.00000001 }",
]);

const rows = fc.array(
  fc.record({
    tenantId: fc.constantFrom(tenant(1), tenant(2)),
    meterId: fc.constantFrom(meters.pageBlobs, meters.tables),
    day: fc.integer({ min: 1, max: 60 }).map((day) => new Date(Date.UTC(2026, 9, day)).toISOString().slice(0, 10)),
    hub: fc.constantFrom("lyon", "paris"),
    subscriptionId: fc.constantFrom("s", "t"),
    billedTo: fc.constant("b"),
    quantity: fc
      .tuple(fc.bigInt({ min: -(10n ** 22n), max: 10n ** 23n }), fc.constant(20))
      .map(([units, places]) => formatDecimal({ units, places })),
  }),
  { minLength: 1, maxLength: 40 },
);

function values(lists: readonly (readonly (string | undefined)[])[]): string {
  return lists
    .map((list) => `(${list.map((text) => (text === undefined ? "NULL" : `'${text}'`)).join(", ")})`)
    .join(", ");
}

/** Every month's running sum, cut at the ends of the slots of each row's day; the first slot goes on below 0. */
const SQL = `
WITH used AS (
  SELECT *, CAST(q AS DECIMAL(38,20)) AS quantity, CAST(d AS DATE) AS day FROM usage
), placed AS (
  SELECT *, CAST(sum(quantity) OVER (
    PARTITION BY tenant_id, meter_id, date_trunc('month', day)
    ORDER BY day, hub, subscription_id, billed_to, n
  ) AS DECIMAL(38,20)) AS after FROM used
), priced AS (
  SELECT p.*, CAST(p.after - p.quantity AS DECIMAL(38,20)) AS before,
    CAST(s.b AS DECIMAL(38,20)) AS b, CAST(s.e AS DECIMAL(38,20)) AS e, CAST(s.price AS DECIMAL(18,8)) AS price
  FROM placed p JOIN slots s ON s.meter_id = p.meter_id
    AND (s.first_day IS NULL OR CAST(s.first_day AS DATE) <= p.day)
    AND (s.last_day IS NULL OR CAST(s.last_day AS DATE) > p.day)
    AND coalesce(s.tenant_id, '') = CASE
      WHEN EXISTS (SELECT 1 FROM slots o WHERE o.meter_id = p.meter_id AND o.tenant_id = p.tenant_id)
      THEN p.tenant_id ELSE '' END
)
SELECT CAST(sum(CAST((least(after, e) - least(before, e)
  - (CASE WHEN b = 0 THEN 0 ELSE least(after, b) - least(before, b) END)) AS DECIMAL(38,20)) * price) AS VARCHAR)
FROM priced`;

describe("rating, and the same in SQL of tariffs and quantities", function () {
  this.timeout(60_000);

  it("come to the same total, to the last digit", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const slots = card.tariffs.flatMap(({ meterId, tenantId, from, to, slots: all }) =>
      all.map((slot) => [
        ...[meterId, tenantId, from, to],
        formatDecimal(slot.from),
        slot.to ? formatDecimal(slot.to) : "1".padEnd(18, "0"),
        formatDecimal(slot.unitPrice),
      ]),
    );
    await connection.run(
      `CREATE TABLE slots AS SELECT * FROM (VALUES ${values(slots)}) AS v(meter_id, tenant_id, first_day, last_day, b, e, price)`,
    );
    await fc.assert(
      fc.asyncProperty(rows, async (unsorted) => {
        const quantities = unsorted.toSorted(compareQuantities);
        const lists = quantities.map(({ tenantId, meterId, day, hub, subscriptionId, billedTo, quantity }, n) => [
          ...[tenantId, meterId, day, hub, subscriptionId, billedTo, quantity],
          String(n).padStart(3, "0"),
        ]);
        const reader = await connection.runAndReadAll(
          `WITH usage AS (SELECT * FROM (VALUES ${values(lists)}) AS v(tenant_id, meter_id, d, hub, subscription_id, billed_to, q, n)), ${SQL.trim().slice("WITH ".length)}`,
        );
        const total = String(reader.getRows()[0]?.[0] ?? "0");
        const { amounts } = totalsOf(rateUsage({ card, quantities }));
        const exact = amounts[0]?.exact ?? "0";

        assert.equal(compare(parseDecimal(total) ?? assert.fail(total), parseDecimal(exact) ?? assert.fail(exact)), 0);
      }),
      { numRuns: 60 },
    );
    connection.closeSync();
    instance.closeSync();
  });
});

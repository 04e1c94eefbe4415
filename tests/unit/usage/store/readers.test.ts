import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { hasCode } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { CLOUD_ID, hubDouble, LATE, type Report } from "../../../support/usage/hubDouble.ts";
import { storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

/** Every window brings the same two rows, of two usage days; so whatever is published has as much of the one as of the other. */
const REPORTS: readonly Report[] = Array.from({ length: 24 * 4 }, (_, hour) =>
  ["2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"].map((usageStart) => ({
    reported: new Date(Date.parse("2026-10-03T00:30:00Z") + hour * 3_600_000).toISOString().replace(".000", ""),
    usageStart,
    subscription: "s",
    meter: "m",
    resource: "/r",
    quantity: "1",
  })),
).flat();

describe("readers of a store", () => {
  it("are told Hub and day by what is in the files, wherever the store lies", async () => {
    const folder = join(newFolder(), "hub=lyon", "usage_date=2020-01-01", "location=berlin", "s[1]");
    await sync(folder, hubDouble({ reports: LATE }), { granularity: "daily" });

    const store = openStore(folder);
    const found = await store.query("SELECT DISTINCT hub, CAST(usage_date AS VARCHAR) AS day, location FROM usage");
    store.close();

    assert.deepEqual(found, [{ hub: CLOUD_ID, day: "2026-10-01", location: "paris" }]);
  });

  it("are refused a query that is none by a code of their own, and leave nothing behind in the store", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: LATE }), { granularity: "daily" });
    const files = () => readdirSync(folder, { recursive: true }).filter((file) => !/store\.db-/.test(String(file)));
    const before = files();

    const store = openStore(folder);
    const error: unknown = await store.query("SELECT nothing FROM usage").catch((reason: unknown) => reason);
    const all = await Promise.all(
      [1, 2, 3].map((each) => store.query(`SELECT ${each} AS n, count(*) AS c FROM usage`)),
    );
    store.close();

    assert.ok(hasCode(error, usageErrors.CSP_STORE_QUERY), String(error));
    assert.deepEqual(
      all.flat().map((row) => (row as { n: number }).n),
      [1, 2, 3],
    );
    assert.deepEqual(files(), before);
  });

  it("see each publication whole, while a sync goes on, and read on what they have in their hands", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: REPORTS }), { now: "2026-10-03T08:00:00Z" });
    const seen = new Set<number>();
    let isDone = false;
    const read = async () => {
      while (!isDone) {
        const store = openStore(folder);
        const sums = await store.query<{ day: string; sum: number }>(
          "SELECT CAST(usage_date AS VARCHAR) AS day, CAST(sum(quantity) AS INTEGER) AS sum FROM usage GROUP BY day ORDER BY day",
        );
        store.close();
        assert.deepEqual([sums.length, sums[0]?.sum], [2, sums[1]?.sum]);
        seen.add(sums[0]?.sum ?? 0);
      }
    };
    const readers = [read(), read()];

    for (let hour = 9; hour < 60; hour += 3) {
      const now = new Date(Date.parse("2026-10-03") + hour * 3_600_000).toISOString();
      await sync(folder, hubDouble({ reports: REPORTS }), { now });
      if (hour === 30) {
        const again = { from: Date.parse("2026-10-03"), to: Date.parse("2026-10-03T12:00Z") };
        await sync(folder, hubDouble({ reports: REPORTS }), { now, again });
      }
    }
    isDone = true;
    await Promise.all(readers);

    assert.ok(seen.size > 2, `only ${seen.size} states were seen`);
  }).timeout(60_000);
});

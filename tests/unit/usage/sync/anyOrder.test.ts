import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { Crash, crashing } from "../../../support/usage/crashes.ts";
import { hubDouble, instant, type Report } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const START = Date.parse("2026-10-01");
const HOUR = 3_600_000;

const quantities = fc
  .tuple(fc.constantFrom("", "-"), fc.nat(10 ** 9), fc.bigInt(0n, 10n ** 20n - 1n))
  .map(([sign, whole, places]) => `${sign}${whole}.${places.toString().padStart(20, "0")}`);

const reports: fc.Arbitrary<Report> = fc
  .record({
    hour: fc.nat(60),
    behind: fc.nat(30),
    subscription: fc.constantFrom("s1", "s2"),
    meter: fc.constantFrom("m1", "m2"),
    resource: fc.constantFrom("/a", "/b", "/c"),
    quantity: quantities,
  })
  .map(({ hour, behind, ...rest }) => ({
    ...rest,
    reported: instant(START + hour * HOUR + 600_000),
    usageStart: instant(START + (hour - behind) * HOUR),
  }));

const runs = fc.record({
  reports: fc.array(reports, { maxLength: 40 }),
  granularity: fc.constantFrom("hourly" as const, "daily" as const),
  pageSize: fc.integer({ min: 1, max: 5 }),
  windowsAtOnce: fc.integer({ min: 1, max: 5 }),
  repeatsEvery: fc.integer({ min: 1, max: 3 }),
  pauses: fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
  crashes: fc.array(fc.record({ step: fc.nat(80), when: fc.constantFrom("before" as const, "after" as const) }), {
    maxLength: 3,
  }),
});

describe("a sync", () => {
  it("comes to the same sums whatever order pages come in, whatever comes twice and wherever it is interrupted", async () => {
    await fc.assert(
      fc.asyncProperty(runs, async ({ crashes, granularity, windowsAtOnce, pauses, ...options }) => {
        const folder = newFolder();
        let count = 0;
        const pause = async () => {
          count += 1;
          for (let left = pauses[count % pauses.length] ?? 0; left > 0; left -= 1) await setImmediate();
        };
        const hub = hubDouble({ ...options, pause });
        const now = "2026-10-04T06:00:00Z";

        for (const point of crashes) {
          const crash = crashing(point);
          await sync(folder, crash.source(hub), { granularity, windowsAtOnce, now, files: crash.files }).catch(
            (error: unknown) => assert.ok(error instanceof Crash, String(error)),
          );
        }
        const [outcome] = await sync(folder, hub, { granularity, windowsAtOnce, now });

        assert.deepEqual([outcome?.problems, outcome?.setAside], [[], 0]);
        assert.deepEqual(await storedSums(folder), await plainSums(options.reports, { granularity, before: now }));
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 25 },
    );
  }).timeout(180_000);
});

import assert from "node:assert/strict";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { hasCode } from "@azurestack-csp/provider";
import { type HubOutcome, openStore, type UsageFilter } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { hubDouble, LATE, type Report, report } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const expected = plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" });

/** Usage of two days, each in a file of its own. */
const TWO_DAYS: readonly Report[] = [
  report("2026-10-01T19:10:00Z", "2026-10-01T17:00:00Z", "1"),
  report("2026-10-04T19:10:00Z", "2026-10-04T17:00:00Z", "2"),
];

function filesOf(folder: string, filter?: UsageFilter): readonly string[] {
  const store = openStore(folder);
  try {
    return store.liveFiles(filter);
  } finally {
    store.close();
  }
}

/** Changes a byte of the rows and leaves the length. */
function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[8] = (bytes[8] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

async function tornMessage(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    (done) => (done as readonly HubOutcome[] | undefined)?.[0]?.problems[0],
    (reason: unknown) => reason,
  );
  assert.ok(hasCode(error, usageErrors.CSP_STORE_FILE_TORN), String(error));
  return error.message;
}

function hours(from: string, to: string) {
  return { from: Date.parse(from), to: Date.parse(to) };
}

describe("a store with a file", () => {
  for (const [how, spoil] of [
    ["that is torn", (file: string) => truncateSync(file, 100)],
    ["that is gone", (file: string) => rmSync(file)],
  ] as const) {
    it(`${how} names what to ask for again, and has it whole once that is done`, async () => {
      const folder = newFolder();
      const hub = hubDouble({ reports: LATE });
      await sync(folder, hub);
      const before = openStore(folder);
      const [file = ""] = before.liveFiles();
      before.close();
      spoil(file);

      const [outcome] = await sync(folder, hub).catch((error: unknown) => [{ problems: [error] }]);
      const error = outcome?.problems[0];
      assert.ok(hasCode(error, usageErrors.CSP_STORE_FILE_TORN), String(error));
      const store = openStore(folder);
      assert.throws(
        () => store.liveFiles(),
        (each) => hasCode(each, usageErrors.CSP_STORE_FILE_TORN),
      );
      store.close();
      assert.match(error.message, /usage sync --hub paris --again 2026-10-01T19:00Z\.\.2026-10-03T02:00Z/);

      const again = { from: Date.parse("2026-10-01T19:00Z"), to: Date.parse("2026-10-03T02:00Z") };
      const [mended] = await sync(folder, hub, { again });

      assert.deepEqual(mended?.problems, []);
      assert.deepEqual(await storedSums(folder), await expected);
    });
  }

  it("damaged at its length is read by nothing that writes, found by whoever verifies, and brought back from the Hub", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: LATE }));
    const [file = ""] = filesOf(folder);
    flip(file);

    const store = openStore(folder);
    const found = await tornMessage(store.verify());
    await store.verify({ from: "2026-10-02" });
    store.close();
    const again = hours("2026-10-01T20:00Z", "2026-10-01T21:00Z");
    await tornMessage(sync(folder, hubDouble({ reports: LATE }), { again }));
    assert.match(found, /its SHA-256 is another.*--hub paris --again 2026-10-01T19:00Z\.\.2026-10-03T02:00Z/s);
    const whole = hours("2026-10-01T19:00Z", "2026-10-03T02:00Z");
    await sync(folder, hubDouble({ reports: LATE }), { again: whole });

    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("damaged at its length is not written into another one when a day is compacted", async () => {
    const folder = newFolder();
    const reports = Array.from({ length: 6 }, (_, hour) =>
      report(`2026-10-01T0${hour}:30:00Z`, "2026-10-01T00:00:00Z", `1.${hour}`),
    );
    for (const hour of ["07", "08", "09", "10", "11"]) {
      await sync(folder, hubDouble({ reports }), { now: `2026-10-01T${hour}:00:00Z` });
    }
    const [file = ""] = filesOf(folder);
    flip(file);

    const message = await tornMessage(sync(folder, hubDouble({ reports }), { now: "2026-10-01T12:00:00Z" }));

    assert.ok(message.includes(file), message);
    assert.equal(filesOf(folder).length, 6);
  });

  it("beside another, both torn, names both and one range that mends them, and resets no window before", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: TWO_DAYS }));
    const files = filesOf(folder);
    for (const file of files) truncateSync(file, 10);

    const hub = hubDouble({ reports: TWO_DAYS });
    const message = await tornMessage(sync(folder, hub, { again: hours("2026-10-01T19:00Z", "2026-10-01T20:00Z") }));
    assert.ok(files.length === 2 && files.every((file) => message.includes(file)), message);
    assert.match(message, /--again 2026-10-01T19:00Z\.\.2026-10-04T20:00Z/);
    await tornMessage(sync(folder, hub));
    assert.deepEqual(hub.asked, []);
    await sync(folder, hub, { again: hours("2026-10-01T19:00Z", "2026-10-04T20:00Z") });

    assert.deepEqual(
      await storedSums(folder),
      await plainSums(TWO_DAYS, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });

  it("torn among those that are read is found, whichever it is, and among others does not matter", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: TWO_DAYS }));
    for (const file of filesOf(folder)) truncateSync(file, 10);

    assert.throws(
      () => filesOf(folder, { from: "2026-10-04" }),
      (error) => hasCode(error, usageErrors.CSP_STORE_FILE_TORN) && !error.message.includes("2026-10-01/"),
    );
    assert.deepEqual(filesOf(folder, { from: "2026-10-05" }), []);
  });
});

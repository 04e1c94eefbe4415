import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hourOf } from "../../../../emulator/src/usage/hours.ts";
import { loadUsageFile } from "../../../../emulator/src/usage/loadUsageFile.ts";
import { parseUsageRow } from "../../../../emulator/src/usage/parseUsageRow.ts";
import { createRecordedUsage } from "../../../../emulator/src/usage/recordedUsage.ts";
import { WorldError } from "../../../../emulator/src/world/worldError.ts";
import { idOf, rowsOf } from "./support.ts";

const HOUR = hourOf(new Date("2026-10-01T18:00Z"));

const line = (members: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    reportedTime: "2026-10-01T19:12:00Z",
    subscriptionId: idOf(1),
    usageStartTime: "2026-10-01T18:00:00+00:00",
    usageEndTime: "2026-10-01T19:00:00+00:00",
    instanceData: '{"Microsoft.Resources":{}}',
    quantity: 1.5,
    meterId: "F271A8A388C44D93956A063E1D2FA80B",
    ...members,
  });

/** A line with a number that no double holds. */
const digits = line().replace("1.5", "12345678901234567890.12345678901");

describe("parseUsageRow", () => {
  it("reads a row as Hubs answer it, beside the time it was reported", () => {
    assert.deepEqual(parseUsageRow(line({ hub: "paris" })), {
      hub: "paris",
      subscriptionId: idOf(1),
      meterId: "F271A8A388C44D93956A063E1D2FA80B",
      instanceData: '{"Microsoft.Resources":{}}',
      quantity: "1.5",
      usageHour: HOUR,
      reportedHour: HOUR + 1,
    });
  });

  it("keeps all digits of a number", () => {
    const row = parseUsageRow(digits);
    assert.ok("quantity" in row && row.quantity === "12345678901234567890.12345678901");
  });

  it("names everything that is wrong with a line", () => {
    const problems = parseUsageRow(
      line({ subscriptionId: "Contoso", quantity: "many", usageStartTime: "2026-10-01T18:30:00Z", meterId: 12 }),
    );
    assert.ok(Array.isArray(problems));
    for (const name of ["subscriptionId", "quantity", "usageStartTime"])
      assert.ok(
        problems.some((problem) => problem.includes(`"${name}"`)),
        name,
      );
  });

  it("refuses lines that are no row", () => {
    for (const text of [
      "{",
      "[]",
      "null",
      line({ usageEndTime: "2026-10-02T18:00:00Z" }),
      line({ reportedTime: "2026-10-01T17:59:00Z" }),
      line({ reportedTime: undefined }),
      line({ instanceData: {} }),
    ])
      assert.ok(Array.isArray(parseUsageRow(text)), text);
  });
});

describe("createRecordedUsage", () => {
  const recorded = (...lines: readonly string[]) =>
    createRecordedUsage(lines.map(parseUsageRow).filter((row) => "usageHour" in row));

  it("adds the parts of a window, and keeps what was reported in another apart", () => {
    const source = recorded(
      line(),
      line({ quantity: 0.25 }),
      line({ quantity: -1, reportedTime: "2026-10-03T05:00:00Z" }),
    );
    const quantities = (from: number, to: number) =>
      rowsOf(source, { reported: { from, to }, granularity: "hourly" }).map(({ quantity }) => quantity);

    assert.deepEqual(quantities(HOUR, HOUR + 24), ["1.75"]);
    assert.deepEqual(quantities(HOUR + 24, HOUR + 48), ["-1"]);
    assert.deepEqual(quantities(HOUR, HOUR + 48), ["0.75"]);
  });

  it("knows from when to when it was reported, and how late", () => {
    const { first, end, longestDelay } = recorded(line(), line({ reportedTime: "2026-10-04T00:10:00Z" }));

    assert.deepEqual([first, end, longestDelay], [HOUR - 18, HOUR + 55, 54]);
  });

  it("tells subscriptions, meters and resources apart", () => {
    const source = recorded(
      line({ subscriptionId: idOf(2) }),
      line(),
      line({ meterId: "A" }),
      line({ instanceData: "{}" }),
    );
    const rows = rowsOf(source, { reported: { from: HOUR, to: HOUR + 24 }, granularity: "daily" });

    assert.deepEqual(
      rows.map(({ subscriptionId, of }) => [subscriptionId, of.meterId.length, of.instanceData.length]),
      [
        [idOf(1), 1, 26],
        [idOf(1), 32, 26],
        [idOf(1), 32, 2],
        [idOf(2), 32, 26],
      ],
    );
  });
});

describe("loadUsageFile", () => {
  let folder = "";
  const file = async (text: string) => {
    const path = join(folder, "rows.jsonl");
    await writeFile(path, text);
    return path;
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "usage-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("reads a row from every line, and lets empty ones be", async () => {
    const rows = await loadUsageFile(await file(`${line()}\r\n\n${digits}\n`));

    assert.deepEqual(
      rows.map(({ quantity }) => quantity),
      ["1.5", "12345678901234567890.12345678901"],
    );
  });

  it("names the file and each line that it cannot use", async () => {
    const path = await file(`${line()}\n{\n${line({ quantity: "x" })}\n`);

    await assert.rejects(loadUsageFile(path), (error: unknown) => {
      assert.ok(error instanceof WorldError);
      assert.match(error.message, /rows\.jsonl does not hold usage:\n {2}line 2: is no JSON.*\n {2}line 3: "quantity"/);
      return true;
    });
  });

  it("refuses a file without a row, and one that is not there", async () => {
    await assert.rejects(loadUsageFile(await file("\n")), WorldError);
    await assert.rejects(loadUsageFile(join(folder, "missing.jsonl")), WorldError);
  });
});

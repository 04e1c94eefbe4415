import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator } from "@azurestack-csp/emulator";
import { type Call, createHubCaller } from "../support/caller.ts";
import { shapeOf } from "../support/recordings.ts";

const RECORDING = fileURLToPath(new URL("../../fixtures/usage/recorded-page.json", import.meta.url));

interface Row {
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A page with its numbers as the texts that they are. */
function readPage(text: string): readonly Row[] {
  const { value } = JSON.parse(text.replace(/"quantity": ?([^,]+),/g, '"quantity": "$1",'));
  assert.ok(Array.isArray(value));
  return value;
}

/** The members of rows, and of the JSON that is in their texts. */
function shapesOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(
    rows.map((row) => {
      const instance = JSON.parse(String(row.properties.instanceData));
      return JSON.stringify([shapeOf(row), shapeOf(instance)]);
    }),
  );
}

describe("usage beside a recorded page", () => {
  let recorded: readonly Row[];
  before(async () => {
    recorded = readPage(await readFile(RECORDING, "utf8"));
  });

  async function ask(options: Parameters<typeof createEmulator>[0], query: string): Promise<readonly Row[]> {
    const emulator = await createEmulator(options);
    try {
      const admin: Call = await createHubCaller(emulator, { endpoint: "admin" });
      const path = `/subscriptions/${emulator.hubs[0]?.admin.subscriptionId}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates`;
      return readPage((await admin("GET", `${path}?${query}`, { apiVersion: "2015-06-01-preview" })).text);
    } finally {
      await emulator.close();
    }
  }

  it("has rows of the recorded shapes and of no other", async () => {
    const options = { now: () => new Date("2026-11-30T18:54:50Z") };
    const made = await ask(options, "reportedStartTime=2026-11-20&reportedEndTime=2026-11-21");

    assert.deepEqual(shapesOf(made), shapesOf(recorded));
  });

  it("gives recorded rows back to the last digit, in the recorded order", async () => {
    const folder = await mkdtemp(join(tmpdir(), "recorded-"));
    const usage = join(folder, "rows.jsonl");
    const lines = recorded.map(({ properties: { name, ...row } }) =>
      JSON.stringify({ ...row, reportedTime: "2019-12-10T19:20:00Z" }),
    );
    await writeFile(usage, lines.toReversed().join("\n"));
    const window = "reportedStartTime=2019-12-10T19:00:00Z&reportedEndTime=2019-12-10T20:00:00Z";
    const given = await ask({ usage }, `${window}&aggregationGranularity=Hourly`);
    await rm(folder, { recursive: true });

    assert.deepEqual(
      given.map(({ properties }) => properties),
      recorded.map(({ properties }) => properties),
    );
  });
});

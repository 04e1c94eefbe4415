import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "@azurestack-csp/usage";
import { Crash, crashing } from "../../../support/usage/crashes.ts";
import { type AskedPage, hubDouble, type Report } from "../../../support/usage/hubDouble.ts";
import { killedReports } from "../../../support/usage/killedSync.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

/** Three windows with several pages, whose rows belong to two days. */
const REPORTS: readonly Report[] = Array.from({ length: 15 }, (_, index) => ({
  reported: `2026-10-02T${String(index % 3).padStart(2, "0")}:30:00Z`,
  usageStart: index % 2 === 0 ? "2026-10-01T23:00:00Z" : "2026-10-02T00:00:00Z",
  subscription: "s",
  meter: "m",
  resource: `/r${index}`,
  quantity: `${index}.12345678901234567891`,
}));

const OPTIONS = { stretch: { from: Date.parse("2026-10-02") }, now: "2026-10-02T09:00:00Z" } as const;
const expected = plainSums(REPORTS, { granularity: "hourly", before: OPTIONS.now });

function text({ start, link }: AskedPage): string {
  return `${start} ${link}`;
}

describe("a sync that crashes", () => {
  it("at any page and at any change to a file is gone on with, loses nothing, doubles nothing and asks for no noted page", async () => {
    const count = crashing(undefined);
    await sync(newFolder(), count.source(hubDouble({ reports: REPORTS })), { ...OPTIONS, files: count.files });
    assert.ok(count.steps() > 15, `only ${count.steps()} steps`);

    for (let step = 0; step < count.steps(); step += 1) {
      for (const when of ["before", "after"] as const) {
        const folder = newFolder();
        const hub = hubDouble({ reports: REPORTS });
        const crash = crashing({ step, when });
        const options = { ...OPTIONS, windowsAtOnce: 1 };
        await assert.rejects(sync(folder, crash.source(hub), { ...options, files: crash.files }), Crash);

        const [outcome] = await sync(folder, hub, options);

        assert.deepEqual(outcome?.problems, []);
        assert.deepEqual(await storedSums(folder), await expected, `${when} step ${step}`);
        const asked = hub.asked.map(text);
        assert.ok(asked.length - new Set(asked).size <= 1, `${when} step ${step}: ${asked.join("\n")}`);
        assert.deepEqual(readdirSync(join(folder, "staging")), [], `${when} step ${step}`);
        const store = openStore(folder);
        assert.deepEqual(
          filesIn(join(folder, "data")).toSorted(),
          store.liveFiles().toSorted(),
          `${when} step ${step}`,
        );
        store.close();
      }
    }
  }).timeout(180_000);

  it("while windows are replaced leaves the old rows or the new ones, never both", async () => {
    const again = { from: Date.parse("2026-10-02"), to: Date.parse("2026-10-02T02:00Z") };
    const doubled = REPORTS.map((each) => ({ ...each, quantity: `${Number(each.quantity.split(".")[0]) * 2}.5` }));
    const after = await plainSums(
      REPORTS.map((each, index) => (each.reported < "2026-10-02T02" ? (doubled[index] ?? each) : each)),
      { granularity: "hourly", before: OPTIONS.now },
    );
    const prepared = async () => {
      const folder = newFolder();
      await sync(folder, hubDouble({ reports: REPORTS }), OPTIONS);
      return folder;
    };
    const count = crashing(undefined);
    await sync(await prepared(), count.source(hubDouble({ reports: doubled })), {
      ...OPTIONS,
      again,
      files: count.files,
    });

    for (let step = 0; step < count.steps(); step += 3) {
      const folder = await prepared();
      const crash = crashing({ step, when: "after" });
      const hub = hubDouble({ reports: doubled });
      await assert.rejects(sync(folder, crash.source(hub), { ...OPTIONS, again, files: crash.files }), Crash);
      const between = await storedSums(folder);
      assert.ok(
        [await expected, after].some((sums) => JSON.stringify(sums) === JSON.stringify(between)),
        `step ${step}`,
      );

      await sync(folder, hub, OPTIONS);

      assert.deepEqual(await storedSums(folder), after, `step ${step}`);
    }
  }).timeout(120_000);

  it("by SIGKILL is gone on with alike", async () => {
    const child = fileURLToPath(new URL("../../../support/usage/killedSync.ts", import.meta.url));
    const folder = newFolder();
    let kills = 0;
    for (let step = 1; ; step += 7) {
      const { signal, status, stderr } = spawnSync(
        process.execPath,
        ["--conditions=development", "--no-warnings", child, folder, String(step)],
        { encoding: "utf8" },
      );
      if (signal === null) {
        assert.equal(status, 0, stderr);
        break;
      }
      assert.equal(signal, "SIGKILL");
      kills += 1;
    }

    assert.ok(kills >= 2, `only ${kills} kills`);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(killedReports, { granularity: "hourly", before: "2026-10-10T00:00:00Z" }),
    );
  }).timeout(120_000);

  it("with the machine, so that staged rows are gone, asks for that window again and for no other", async () => {
    const folder = newFolder();
    const hub = hubDouble({ reports: REPORTS });
    const options = { ...OPTIONS, windowsAtOnce: 1 };
    const stop = hubDouble({ reports: REPORTS, instead: (_, count) => (count > 3 ? stopHere() : undefined) });
    await assert.rejects(sync(folder, stop, options), Crash);
    const [staged = ""] = filesIn(join(folder, "staging")).toSorted();
    truncateSync(staged, 10);

    await sync(folder, hub, options);

    assert.deepEqual(await storedSums(folder), await expected);
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-02T01:00:00Z").length, 1);
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-02T00:00:00Z").length, 2);
  });
});

function stopHere(): never {
  throw new Crash();
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { truncateSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CRASHED, CRASHED_OPTIONS, filesIn, firstSync, syncAgain } from "../../../support/usage/crashedSync.ts";
import { Crash } from "../../../support/usage/crashes.ts";
import { hubDouble } from "../../../support/usage/hubDouble.ts";
import { killedReports } from "../../../support/usage/killedSync.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("a sync that crashes", () => {
  // tests/soak/usage has every point of both, before and after it.
  it("is gone on with, loses nothing, doubles nothing and asks for no noted page", async () => {
    const steps = await firstSync.steps(newFolder);
    assert.ok(steps > 30, `only ${steps} steps`);
    for (let step = 3; step < steps; step += 11) await firstSync.tryAt(newFolder(), { step, when: whenOf(step) });
  });

  it("while windows are replaced leaves the old rows or the new ones, never both", async () => {
    const steps = await syncAgain.steps(newFolder);
    assert.ok(steps > 20, `only ${steps} steps`);
    for (let step = 4; step < steps; step += 9) await syncAgain.tryAt(newFolder(), { step, when: whenOf(step) });
  });

  it("by SIGKILL is gone on with alike", async () => {
    const child = fileURLToPath(new URL("../../../support/usage/killedSync.ts", import.meta.url));
    const folder = newFolder();
    let kills = 0;
    for (let step = 9; ; step += 40) {
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
    const hub = hubDouble({ reports: CRASHED });
    const options = CRASHED_OPTIONS;
    const stop = hubDouble({ reports: CRASHED, instead: (_, count) => (count > 3 ? stopHere() : undefined) });
    await assert.rejects(sync(folder, stop, options), Crash);
    const [staged = ""] = filesIn(join(folder, "staging")).toSorted();
    truncateSync(staged, 10);

    await sync(folder, hub, options);

    assert.deepEqual(
      await storedSums(folder),
      await plainSums(CRASHED, { granularity: "hourly", before: CRASHED_OPTIONS.now }),
    );
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-02T01:00:00Z").length, 1);
    assert.equal(hub.asked.filter(({ start }) => start === "2026-10-02T00:00:00Z").length, 2);
  });
});

function stopHere(): never {
  throw new Crash();
}

function whenOf(step: number): "before" | "after" {
  return step % 2 === 0 ? "before" : "after";
}

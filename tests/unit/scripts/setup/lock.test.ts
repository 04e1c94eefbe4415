import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../../../scripts/setup/lock.mjs";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "deep", "install.lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("withLock", () => {
  it("returns what the work returns and removes the lock", async () => {
    const result = await withLock(file, {}, async () => existsSync(file));

    assert.equal(result, true);
    assert.equal(existsSync(file), false);
  });

  it("removes the lock when the work fails", async () => {
    await assert.rejects(
      withLock(file, {}, () => Promise.reject(new Error("no space"))),
      /no space/,
    );
    assert.equal(existsSync(file), false);
  });

  it("lets a second run wait until the first has finished", async () => {
    const order: string[] = [];
    const signals = new EventEmitter();
    const holding = withLock(file, {}, async () => {
      const released = once(signals, "release");
      signals.emit("held");
      await released;
      order.push("first");
    });
    await once(signals, "held");

    const waiting = withLock(file, { onWait: () => signals.emit("release") }, async () => order.push("second"));
    await Promise.all([holding, waiting]);

    assert.deepEqual(order, ["first", "second"]);
  });

  it("takes over what a killed run left", async () => {
    rmSync(folder, { recursive: true });
    await withLock(file, {}, async () => undefined);
    writeFileSync(file, "a killed run");
    utimesSync(file, 0, 0);

    assert.equal(await withLock(file, {}, async () => "done"), "done");
    assert.equal(existsSync(file), false);
  });
});

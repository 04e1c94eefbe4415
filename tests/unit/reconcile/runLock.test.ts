import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { takeRunLock } from "../../../sdk/nodejs/src/stacks/run/runLock.ts";

const request = { stack: "test", now: () => new Date(0) };
const since = "1970-01-01T00:00:00.000Z";

describe("takeRunLock", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-lock-"));
    file = join(folder, "test.lock");
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("is held by one at a time", async () => {
    const lock = await takeRunLock(file, request);
    assert.equal(lock.wasAbandoned, false);

    await assert.rejects(takeRunLock(file, request), { code: "CSP_RECONCILE_BUSY", message: /process \d+ on/ });

    await lock.release();
    await (await takeRunLock(file, request)).release();
  });

  it("is taken over from a process of this machine that is dead, and says so", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(file, JSON.stringify({ pid, host: hostname(), since }));

    const lock = await takeRunLock(file, request);

    assert.equal(lock.wasAbandoned, true);
    await assert.rejects(takeRunLock(file, request), { code: "CSP_RECONCILE_BUSY" });
  });

  for (const [title, text] of [
    ["another machine", JSON.stringify({ pid: 1, host: "elsewhere.invalid", since })],
    ["nobody who can be told", ""],
  ] as const) {
    it(`is not taken over from ${title}`, async () => {
      await writeFile(file, text);

      await assert.rejects(takeRunLock(file, request), { code: "CSP_RECONCILE_BUSY" });
    });
  }
});

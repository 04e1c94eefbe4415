import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeCommandLock } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/commandLock.ts";
import { type Machine, type ProcessIdentity, thisMachine } from "../../../../../../sdk/nodejs/src/processes/machine.ts";

const request = { stack: "test", now: () => new Date(0) };
const since = "1970-01-01T00:00:00.000Z";

/** A container whose only process is this one, number 1. */
const self: ProcessIdentity = {
  pid: 1,
  host: "runner",
  machineId: "m",
  bootId: "b",
  pidNamespace: "pid:[1]",
  startTime: "700",
};
const container: Machine = {
  self,
  isRunning: (pid) => pid === 1,
  startTimeOf: (pid) => (pid === 1 ? "700" : undefined),
};

describe("takeCommandLock", () => {
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
    const lock = await takeCommandLock(file, request);
    assert.equal(lock.wasAbandoned, false);

    await assert.rejects(takeCommandLock(file, request), { code: "CSP_RECONCILE_BUSY", message: /process \d+ on/ });

    await lock.release();
    await (await takeCommandLock(file, request)).release();
  });

  it("is taken over from a process of this machine that is dead, and says so", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(file, JSON.stringify({ ...thisMachine().self, pid, since }));

    const lock = await takeCommandLock(file, request);

    assert.equal(lock.wasAbandoned, true);
    await assert.rejects(takeCommandLock(file, request), { code: "CSP_RECONCILE_BUSY" });
  });

  for (const [title, holder] of [
    ["an earlier process with our own number", { ...self, startTime: "300" }],
    ["a process that is gone", { ...self, pid: 7 }],
    ["this machine before it was started anew", { ...self, bootId: "a" }],
  ] as const) {
    it(`is taken over from ${title}`, async () => {
      await writeFile(file, JSON.stringify({ ...holder, since }));

      assert.equal((await takeCommandLock(file, { ...request, machine: container })).wasAbandoned, true);
    });
  }

  for (const [title, holder] of [
    ["ourselves", self],
    ["another container, whose processes have numbers of their own", { ...self, pid: 7, pidNamespace: "pid:[2]" }],
    ["nobody knows which container", { pid: 7, host: "runner", bootId: "b" }],
    ["another machine of the same name", { ...self, pid: 7, machineId: "n", bootId: "c" }],
    ["a machine of the same name that has no id", { ...self, pid: 7, machineId: undefined, bootId: "c" }],
    ["a machine of another name", { ...self, pid: 7, host: "elsewhere.invalid" }],
  ] as const) {
    it(`is not taken over from ${title}`, async () => {
      await writeFile(file, JSON.stringify({ ...holder, since }));

      await assert.rejects(takeCommandLock(file, { ...request, machine: container }), { code: "CSP_RECONCILE_BUSY" });
    });
  }

  for (const torn of ["", '{"pid":7,"ho', "{}"]) {
    it(`is taken over where it is not whole and stays so: ${JSON.stringify(torn)}`, async () => {
      await writeFile(file, torn);

      const lock = await takeCommandLock(file, { ...request, sleep: async () => undefined });

      assert.equal(lock.wasAbandoned, false);
      await lock.release();
      assert.deepEqual(await readdir(folder), []);
    });
  }

  it("is not taken over from somebody who writes it meanwhile", async () => {
    await writeFile(file, "");
    const sleep = async () => await writeFile(file, JSON.stringify({ ...thisMachine().self, since }));

    await assert.rejects(takeCommandLock(file, { ...request, sleep }), { code: "CSP_RECONCILE_BUSY" });
  });

  it("says which file cannot be written, and leaves nothing behind", async () => {
    await writeFile(join(folder, "file"), "");
    const below = join(folder, "file", "test.lock");

    await assert.rejects(takeCommandLock(below, request), {
      code: "CSP_RECONCILE_LOCK_UNWRITABLE",
      message: new RegExp(below),
    });

    assert.deepEqual(await readdir(folder), ["file"]);
  });
});

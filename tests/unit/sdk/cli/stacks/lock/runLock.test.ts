import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Machine,
  type ProcessIdentity,
  thisMachine,
} from "../../../../../../sdk/nodejs/src/cli/stacks/lock/machine.ts";
import { takeRunLock } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/runLock.ts";

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
    await writeFile(file, JSON.stringify({ ...thisMachine().self, pid, since }));

    const lock = await takeRunLock(file, request);

    assert.equal(lock.wasAbandoned, true);
    await assert.rejects(takeRunLock(file, request), { code: "CSP_RECONCILE_BUSY" });
  });

  for (const [title, holder] of [
    ["an earlier process with our own number", { ...self, startTime: "300" }],
    ["a process that is gone", { ...self, pid: 7 }],
    ["this machine before it was started anew", { ...self, bootId: "a" }],
  ] as const) {
    it(`is taken over from ${title}`, async () => {
      await writeFile(file, JSON.stringify({ ...holder, since }));

      assert.equal((await takeRunLock(file, { ...request, machine: container })).wasAbandoned, true);
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

      await assert.rejects(takeRunLock(file, { ...request, machine: container }), { code: "CSP_RECONCILE_BUSY" });
    });
  }

  it("is not taken over from nobody who can be told", async () => {
    await writeFile(file, "");

    await assert.rejects(takeRunLock(file, request), { code: "CSP_RECONCILE_BUSY" });
  });
});

describe("thisMachine", () => {
  it("tells this process from one that has its number later, where the platform does", () => {
    const { self: own, isRunning, startTimeOf } = thisMachine();

    assert.equal(own.host, hostname());
    assert.ok(isRunning(own.pid));
    assert.equal(startTimeOf(own.pid), own.startTime);
    if (process.platform === "linux") assert.match(own.startTime ?? "", /^\d+$/);
  });
});

import assert from "node:assert/strict";
import { hostname } from "node:os";
import { thisMachine } from "../../../../sdk/nodejs/src/processes/machine.ts";

describe("thisMachine", () => {
  it("tells this process from one that has its number later, where the platform does", () => {
    const { self: own, isRunning, startTimeOf } = thisMachine();

    assert.equal(own.host, hostname());
    assert.ok(isRunning(own.pid));
    assert.equal(startTimeOf(own.pid), own.startTime);
    if (process.platform === "linux") assert.match(own.startTime ?? "", /^\d+$/);
  });
});

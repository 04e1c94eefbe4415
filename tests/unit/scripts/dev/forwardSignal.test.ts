import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { forwardFirstSignal } from "../../../../scripts/dev/forwardSignal.ts";

function createChild(): { child: ChildProcess; received: string[] } {
  const received: string[] = [];
  const kill = (signal: string): boolean => received.push(signal) > 0;
  return { child: Object.assign(new EventEmitter(), { kill }) as unknown as ChildProcess, received };
}

describe("forwardFirstSignal", () => {
  it("gives the child's exit code", async () => {
    const { child } = createChild();

    const code = forwardFirstSignal(child);
    child.emit("close", 7);

    assert.equal(await code, 7);
  });

  it("counts a child ended by a signal as failed", async () => {
    const { child } = createChild();

    const code = forwardFirstSignal(child);
    child.emit("close", null);

    assert.equal(await code, 1);
  });

  it("interrupts the child once, however often it is asked to, because a second interrupt skips the saving", async () => {
    const { child, received } = createChild();

    const code = forwardFirstSignal(child);
    process.emit("SIGTERM");
    process.emit("SIGTERM");
    child.emit("close", 8);

    assert.equal(await code, 8);
    assert.deepEqual(received, ["SIGINT"]);
  });

  it("leaves signals alone once the child has ended", async () => {
    const listeners = process.listenerCount("SIGTERM");
    const { child } = createChild();

    const code = forwardFirstSignal(child);
    child.emit("close", 0);
    await code;

    assert.equal(process.listenerCount("SIGTERM"), listeners);
  });
});

import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { createTerminal, type Progress } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";

function startSpinner(): Progress {
  const stream = Object.assign(new PassThrough().resume(), { isTTY: true, columns: 80 }) as unknown as WriteStream;
  const terminal = createTerminal({ env: {}, stdin: { isTTY: true }, stdout: stream, stderr: stream });
  return terminal.progress("Reading");
}

const handlersOf = (...events: readonly ("SIGINT" | "SIGTERM" | "exit")[]) =>
  events.map((event) => process.listeners(event as "exit"));

describe("the progress that a terminal shows", () => {
  it("leaves Ctrl-C and SIGTERM to the command, which winds up what it has begun", () => {
    const before = handlersOf("SIGINT", "SIGTERM");

    const progress = startSpinner();
    const during = handlersOf("SIGINT", "SIGTERM");
    progress.stop();

    assert.deepEqual(during, before);
  });

  it("ends with the process, whose terminal gets its cursor back", () => {
    const before = handlersOf("exit");
    startSpinner();
    const [atExit = []] = handlersOf("exit");

    atExit.at(-1)?.(0);

    assert.equal(atExit.length, (before[0]?.length ?? 0) + 1);
    assert.deepEqual(handlersOf("exit"), before);
  });
});

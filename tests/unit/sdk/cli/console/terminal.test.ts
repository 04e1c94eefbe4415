import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { createTerminal } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";

/** A stream with the members of a terminal's that are looked at. */
function stream(isTTY: boolean, columns = 80): { readonly stream: WriteStream; readonly written: () => string } {
  const chunks: string[] = [];
  const through = new PassThrough();
  through.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const fake = Object.assign(through, { isTTY, columns }) as unknown as WriteStream;
  return { stream: fake, written: () => chunks.join("") };
}

function terminalIn(env: Record<string, string>, isTTY: boolean, columns?: number) {
  const [stdout, stderr] = [stream(isTTY, columns), stream(isTTY, columns)];
  const terminal = createTerminal({ env, stdin: { isTTY }, stdout: stdout.stream, stderr: stderr.stream });
  return { terminal, stdout, stderr };
}

const colours = (env: Record<string, string>, isTTY: boolean) =>
  terminalIn(env, isTTY).terminal.colours.isColorSupported;

describe("createTerminal", () => {
  it("has colours on a terminal, and heeds NO_COLOR, FORCE_COLOR, CI and TERM", () => {
    assert.equal(colours({}, true), true);
    assert.equal(colours({}, false), false);
    assert.equal(colours({ NO_COLOR: "1" }, true), false);
    assert.equal(colours({ NO_COLOR: "1", FORCE_COLOR: "1" }, true), false);
    assert.equal(colours({ FORCE_COLOR: "1", CI: "true" }, false), true);
    assert.equal(colours({ CI: "true" }, true), false);
    assert.equal(colours({ TERM: "dumb" }, true), false);
  });

  it("asks nobody in a pipeline", () => {
    assert.equal(terminalIn({}, true).terminal.isInteractive, true);
    assert.equal(terminalIn({ CI: "true" }, true).terminal.isInteractive, false);
    assert.equal(terminalIn({}, false).terminal.isInteractive, false);
  });

  it("takes the terminal's width, or that of COLUMNS", () => {
    assert.equal(terminalIn({}, true).terminal.width, 80);
    assert.equal(terminalIn({}, false).terminal.width, 120);
    assert.equal(terminalIn({ COLUMNS: "200" }, false).terminal.width, 200);
    assert.equal(terminalIn({ COLUMNS: "wide" }, false).terminal.width, 120);
  });

  it("shows no progress on a terminal that has no width, as a container's may, and asks there all the same", () => {
    const { terminal, stderr } = terminalIn({}, true, 0);

    terminal.progress("Reading").stop();

    assert.equal(stderr.written(), "");
    assert.equal(terminal.width, 120);
    assert.equal(terminal.isInteractive, true);
  });

  it("keeps progress out of a log, and messages out of the data", () => {
    const { terminal, stdout, stderr } = terminalIn({}, false);

    const progress = terminal.progress("Reading");
    progress.update("Still reading");
    progress.stop();
    terminal.data("data");
    terminal.say("message");

    assert.equal(stdout.written(), "data\n");
    assert.equal(stderr.written(), "message\n");
  });

  describe("messages on a terminal of 80 columns", () => {
    const id =
      "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/x/registrations/hub";
    const guid = "bbef828e-cae2-4131-becf-6ebe8c712ac2";
    const said = (text: string, isTTY = true) => {
      const { terminal, stderr } = terminalIn({}, isTTY);
      terminal.abbreviate(new Map([[id, "paris"]]));
      terminal.say(text);
      return stderr.written();
    };

    it("are broken between words, and no GUID is broken", () => {
      const lines = said(`Customer subscription ${guid} belongs to directory ${guid}, but tenantId is ${guid}.`).split(
        "\n",
      );

      assert.equal(lines.join(" ").trim().split(guid).length, 4);
      for (const line of lines) assert.ok(line.length <= 80, line);
    });

    it("keep their indentation", () => {
      assert.equal(
        said(`  400 Bad: ${"word ".repeat(20)}`)
          .split("\n")
          .at(-2)
          ?.slice(0, 6),
        "  word",
      );
    });

    it("leave a command on its line", () => {
      const command = `  bash: (restore() { az lock create --resource ${id}x; }; trap restore EXIT; RUN)`;

      assert.equal(said(command), `${command}\n`);
    });

    it("call a registration by its key, in any letter case, and no other that begins alike", () => {
      assert.equal(
        said(`PUT ${id.toUpperCase()}/customerSubscriptions/1, on ${id}.`),
        "PUT paris/customerSubscriptions/1, on paris.\n",
      );
      for (const other of ["2", "-2", ".2", "(2)"]) assert.ok(said(`On ${id}${other}.`).includes(`${id}${other}.`));
    });

    it("are whole in a log", () => {
      const text = `${id} ${"word ".repeat(30)}`;

      assert.equal(said(text, false), `${text}\n`);
    });
  });
});

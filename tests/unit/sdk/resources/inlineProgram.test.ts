import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineFolder, isInlineProgram } from "../../../../sdk/nodejs/src/resources/inlineProgram.ts";

describe("engineFolder", () => {
  let processes: string;

  beforeEach(() => {
    processes = mkdtempSync(join(tmpdir(), "processes-"));
  });

  afterEach(() => {
    rmSync(processes, { recursive: true, force: true });
  });

  /** Processes as Linux shows them below `/proc`, all started from here. */
  function show(...children: readonly { readonly cmdline: readonly string[]; readonly folder: string }[]): void {
    const pids = children.map((_, index) => 100 + index);
    const task = join(processes, String(process.pid), "task", "1");
    mkdirSync(task, { recursive: true });
    writeFileSync(join(task, "children"), `${pids.join(" ")} 999 `);
    for (const [index, { cmdline, folder }] of children.entries()) {
      const child = join(processes, String(pids[index]));
      mkdirSync(child);
      writeFileSync(join(child, "cmdline"), [...cmdline, ""].join("\0"));
      symlinkSync(folder, join(child, "cwd"));
    }
  }

  const engine = ["pulumi", "up", "--exec-kind", "auto.inline", "--client=127.0.0.1:40001"];

  it("is that of the engine, and of no other process", () => {
    show({ cmdline: ["git", "status"], folder: "/elsewhere" }, { cmdline: engine, folder: "/work-folder" });
    assert.equal(engineFolder(processes), "/work-folder");
  });

  it("is one for several engines in one folder, and nobody's where they are in several", () => {
    show({ cmdline: engine, folder: "/one" }, { cmdline: engine, folder: "/one" });
    assert.equal(engineFolder(processes), "/one");
    rmSync(processes, { recursive: true });
    show({ cmdline: engine, folder: "/one" }, { cmdline: engine, folder: "/two" });
    assert.equal(engineFolder(processes), undefined);
  });

  it("is the one that the project's file names as main, or that its main file is in", () => {
    const project = join(processes, "project");
    const program = join(processes, "program");
    for (const folder of [project, program]) mkdirSync(folder);
    writeFileSync(join(program, "index.ts"), "");
    show({ cmdline: engine, folder: project });

    for (const [main, folder] of [
      [`main: ${program}\n`, program],
      ["main: ../program\n", program],
      ["main: ../program/index.ts\n", program],
      ["", project],
      ["main: [\n", project],
    ]) {
      writeFileSync(join(project, "Pulumi.yaml"), `name: shop\n${main}`);
      assert.equal(engineFolder(processes), folder, main);
    }
  });

  it("is not known without an engine, or where the system shows no processes", () => {
    show({ cmdline: ["pulumi", "version"], folder: "/elsewhere" });
    assert.equal(engineFolder(processes), undefined);
    assert.equal(engineFolder(join(processes, "none")), undefined);
  });
});

describe("isInlineProgram", () => {
  it("is not so for a program without an engine", () => {
    assert.equal(isInlineProgram("/programs/index.js"), false);
  });
});

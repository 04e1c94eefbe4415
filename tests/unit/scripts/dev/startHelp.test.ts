import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { workspaceRoot } from "../../../../scripts/dev/emulatorProcess.ts";

function start(...args: readonly string[]) {
  const script = join(workspaceRoot, "scripts", "dev", "start.ts");
  return spawnSync(process.execPath, ["--conditions=development", script, ...args], { encoding: "utf8" });
}

describe("npm start -- --help", () => {
  it("is answered at once, without an emulator", () => {
    const { status, stdout, stderr } = start("--help");

    assert.equal(status, 0, stderr);
    assert.match(stdout, /^npm start \[-- <command>/);
    assert.equal(stderr, "");
  });

  it("is answered by the command where one is named", () => {
    for (const command of ["plan", "emulator"]) {
      const { status, stdout } = start(command, "--help");

      assert.equal(status, 0);
      assert.match(stdout, new RegExp(`^Usage: azurestack-csp ${command} `));
    }
  });
});

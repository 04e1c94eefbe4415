import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { asksNobody } from "../../../../scripts/dev/asksNobody.ts";
import { workspaceRoot } from "../../../../scripts/dev/emulatorProcess.ts";

describe("asksNobody", () => {
  it("tells commands that read the store or nothing from those that ask Azure or a Hub", () => {
    for (const words of [["usage", "status", "--json"], ["usage", "meters"], ["usage", "rates", "check"], ["explain"]])
      assert.ok(asksNobody(words), words.join(" "));
    for (const words of [["usage", "sync"], ["usage"], ["plan"], ["status"], []])
      assert.ok(!asksNobody(words), words.join(" "));
  });

  it("keeps npm start from starting an emulator", () => {
    const script = join(workspaceRoot, "scripts", "dev", "start.ts");
    const words = ["--conditions=development", script, "explain", "CSP_HUB_SUBSCRIPTION"];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });

    assert.equal(status, 0, stderr);
    assert.match(stdout, /Default Provider Subscription/);
    assert.doesNotMatch(stderr, /emulator/);
  });
});

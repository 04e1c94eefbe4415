import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureNode } from "../../../scripts/setup/node.mjs";
import { executableName } from "../../../scripts/setup/processes.mjs";

describe("ensureNode", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "node-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("stays with the Node that runs where it is recent enough", async () => {
    assert.equal(await ensureNode({ root, version: "22.18.0" }), process.execPath);
  });

  it("takes the Node of an earlier set-up where its own is too old", async () => {
    const bin = join(root, ".tools", "node", "node_modules", "node", "bin");
    const node = join(bin, executableName("node"));
    mkdirSync(bin, { recursive: true });
    writeFileSync(node, "stand-in");
    chmodSync(node, 0o755);

    assert.equal(await ensureNode({ root, version: "20.20.2" }), node);
  });
});

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureNode, ensureNodeVersion } from "../../../../scripts/setup/node.mjs";
import { executableName } from "../../../../scripts/setup/processes.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "node-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe("ensureNode", () => {
  it("stays with the Node that runs where it is recent enough", async () => {
    assert.equal(await ensureNode({ root, version: "22.18.0" }), process.execPath);
  });

  it("takes the Node of an earlier set-up where its own is too old", async () => {
    const node = standIn("node");

    assert.equal(await ensureNode({ root, version: "20.20.2" }), node);
  });
});

describe("ensureNodeVersion", () => {
  it("stays with the Node that runs where it is that very version", async () => {
    assert.equal(await ensureNodeVersion({ root, version: "24.21.0", running: "24.21.0" }), process.execPath);
  });

  it("takes the one that was installed before, beside others", async () => {
    standIn("node");
    const node = standIn("node-22.18.0");

    assert.equal(await ensureNodeVersion({ root, version: "22.18.0", running: "22.18.1" }), node);
  });
});

function standIn(folder: string): string {
  const bin = join(root, ".tools", folder, "node_modules", "node", "bin");
  const node = join(bin, executableName("node"));
  mkdirSync(bin, { recursive: true });
  writeFileSync(node, "stand-in");
  chmodSync(node, 0o755);
  return node;
}

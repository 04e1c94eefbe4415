import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withListOfHubs, writeListWithHubs } from "../../../../scripts/dev/listWithHubs.ts";

describe("writeListWithHubs", () => {
  it("gives each registration its Hub's address of today, and leaves the rest as it is", () => {
    const folder = mkdtempSync(join(tmpdir(), "list-with-hubs-"));
    const [list, copy] = [join(folder, "tenants.yaml"), join(folder, "copy.yaml")];
    writeFileSync(
      list,
      "# Ours\nregistrations:\n  paris:\n    registrationName: p\n  lyon:\n    registrationName: l\ntenants: []\n",
    );
    const hub = (name: string, port: number) => ({
      name,
      admin: { resourceManager: `https://127.0.0.1:${port}` },
      user: { resourceManager: "https://127.0.0.1:1" },
    });

    writeListWithHubs({ list, copy, hubs: [hub("paris", 7), hub("elsewhere", 8)] });

    assert.equal(
      readFileSync(copy, "utf8"),
      "# Ours\nregistrations:\n  paris:\n    registrationName: p\n    hub:\n      adminEndpoint: https://127.0.0.1:7\n  lyon:\n    registrationName: l\ntenants: []\n",
    );
    rmSync(folder, { recursive: true });
  });
});

describe("withListOfHubs", () => {
  it("names the list where a sync or an audit names none, and nowhere else", () => {
    assert.deepEqual(withListOfHubs(["usage", "sync", "--json"], "l.yaml"), ["usage", "sync", "--json", "l.yaml"]);
    assert.deepEqual(withListOfHubs(["audit", "--group", "paris,lyon"], "l.yaml"), [
      "audit",
      "--group",
      "paris,lyon",
      "l.yaml",
    ]);
    for (const words of [
      ["audit", "own.json"],
      ["audit", "--help"],
      ["usage", "sync", "own.yaml"],
      ["usage", "sync", "--help"],
      ["usage", "status"],
      ["plan"],
    ])
      assert.deepEqual(withListOfHubs(words, "l.yaml"), words);
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isAtLeast, pulumiVersion } from "../../../../scripts/setup/versions.mjs";

describe("isAtLeast", () => {
  const table: readonly (readonly [actual: string, wanted: string, expected: boolean])[] = [
    ["22.18.0", "22.18.0", true],
    ["22.17.9", "22.18.0", false],
    ["24.0.0", "22.18.0", true],
    ["20.20.2", "22.18.0", false],
    ["v22.18.1-nightly", "22.18.0", true],
    ["go1.26.8", "1.21", true],
    ["go1.9", "1.21", false],
    ["go1.21rc2", "1.21", true],
  ];

  for (const [actual, wanted, expected] of table) {
    it(`is ${expected} for ${actual} and ${wanted}`, () => {
      assert.equal(isAtLeast(actual, wanted), expected);
    });
  }
});

describe("pulumiVersion", () => {
  it("is the version of @pulumi/pulumi that the root package pins", () => {
    const manifest = JSON.parse(readFileSync(new URL("../../../../package.json", import.meta.url), "utf8"));

    assert.equal(pulumiVersion, manifest.dependencies["@pulumi/pulumi"]);
  });
});

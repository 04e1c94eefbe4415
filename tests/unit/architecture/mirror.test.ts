import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { root, sources } from "./sources.ts";

/** Where the sources are whose tests stand in a folder of tests/unit. */
const SOURCES: Readonly<Record<string, string>> = {
  provider: "provider/src",
  sdk: "sdk/nodejs/src",
  emulator: "emulator/src",
  usage: "usage/src",
  scripts: "scripts",
  benchmarks: "benchmarks",
  support: "tests/support",
  soak: "tests/soak",
};

/** Folders that divide the tests of one folder of sources. */
const DIVIDED = [
  "provider/src/domain/tenantList/fuzz",
  "usage/src/domain/rates/fuzz",
  "provider/src/lifecycle/customerSubscription/create",
  "provider/src/lifecycle/customerSubscription/delete",
  "provider/src/lifecycle/customerSubscription/model",
  "provider/src/lifecycle/customerSubscription/sequences",
];

describe("unit tests", () => {
  it("stand where their sources stand", () => {
    const folders = new Set(sources(["tests/unit"]).map(({ file }) => posix.dirname(file)));
    const misplaced = [...folders].filter((folder) => {
      const [, , part = "", ...rest] = folder.split("/");
      if (part === "architecture") return false;
      const mirrored = SOURCES[part] === undefined ? undefined : posix.join(SOURCES[part], ...rest);
      return mirrored === undefined || !(DIVIDED.includes(mirrored) || existsSync(join(root, mirrored)));
    });

    assert.ok(folders.size > 20, `only ${folders.size} folders of tests`);
    assert.deepEqual(misplaced, []);
  });
});

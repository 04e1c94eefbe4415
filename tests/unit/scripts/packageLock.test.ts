import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8"));
const packages: Readonly<Record<string, LockedPackage>> = lock.packages;

describe("package-lock.json", () => {
  // `npm install` behind a registry that lacks some platforms leaves them out, and `npm ci` then refuses the lock file.
  it("has an entry for every optional package, so that npm ci accepts it on every platform", () => {
    const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );

    assert.deepEqual(absent, []);
  });
});

function isLocked(from: string, name: string): boolean {
  const parents = from
    .split("/node_modules/")
    .map((_, index, parts) => parts.slice(0, index + 1).join("/node_modules/"));
  return ["", ...parents].some((parent) => packages[`${parent === "" ? "" : `${parent}/`}node_modules/${name}`]);
}

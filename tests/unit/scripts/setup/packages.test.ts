import assert from "node:assert/strict";
import { findMissing, hasDevelopmentPackages } from "../../../../scripts/setup/packages.mjs";

const locked = {
  "": { version: "0.0.0" },
  provider: { version: "0.1.0" },
  "node_modules/provider": { resolved: "provider", link: true },
  "node_modules/yaml": { version: "2.0.0" },
  "node_modules/mocha": { version: "12.0.0", dev: true },
  "node_modules/fsevents": { version: "2.0.0", optional: true },
};
const { "node_modules/mocha": mocha, ...mainJob } = locked;

describe("findMissing", () => {
  it("finds nothing where everything is installed", () => {
    assert.deepEqual(findMissing({ locked, installed: locked, dev: true }), []);
  });

  it("asks the main job for no development packages", () => {
    assert.deepEqual(findMissing({ locked, installed: mainJob, dev: false }), []);
    assert.deepEqual(findMissing({ locked, installed: mainJob, dev: true }), ["node_modules/mocha"]);
  });

  it("finds a package of another version", () => {
    const installed = { ...locked, "node_modules/yaml": { version: "1.9.0" } };

    assert.deepEqual(findMissing({ locked, installed, dev: true }), ["node_modules/yaml"]);
  });

  it("finds a workspace package that is not linked", () => {
    const { "node_modules/provider": _, ...installed } = locked;

    assert.deepEqual(findMissing({ locked, installed, dev: true }), ["node_modules/provider"]);
  });

  it("does without the optional packages of other platforms", () => {
    const { "node_modules/fsevents": _, ...installed } = locked;

    assert.deepEqual(findMissing({ locked, installed, dev: true }), []);
  });
});

describe("hasDevelopmentPackages", () => {
  it("tells a whole install from the main job's", () => {
    assert.equal(hasDevelopmentPackages({ locked, installed: { "node_modules/mocha": mocha } }), true);
    assert.equal(hasDevelopmentPackages({ locked, installed: mainJob }), false);
  });
});

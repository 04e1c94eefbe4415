import assert from "node:assert/strict";
import { relative } from "node:path";
import { root, sources } from "./sources.ts";

const all = sources(["provider/src", "sdk/nodejs/src", "emulator/src", "usage/src"]);

/** What files of a folder import that they must not, as `<file> imports <what>`. */
function offences(folder: string, isAllowed: (target: string) => boolean): readonly string[] {
  return all
    .filter(({ file }) => file.startsWith(`${folder}/`))
    .flatMap(({ file, imports }) =>
      imports.filter((target) => !isAllowed(target)).map((target) => `${file} imports ${target}`),
    );
}

function isWithin(target: string, ...folders: readonly string[]): boolean {
  return folders.some((folder) => target.startsWith(`${folder}/`));
}

function isPackage(target: string, ...names: readonly string[]): boolean {
  return names.some((name) => target === name || target.startsWith(`${name}/`));
}

describe("imports", () => {
  it("are found at all", () => {
    const targets = all.flatMap(({ imports }) => imports);

    assert.ok(all.length > 100, `only ${all.length} sources in ${relative(process.cwd(), root) || "."}`);
    assert.ok(targets.filter((target) => isWithin(target, "provider/src")).length > 100);
    for (const name of ["@azure/core-rest-pipeline", "@pulumi/pulumi", "@azurestack-csp/provider"]) {
      assert.ok(targets.includes(name), name);
    }
  });

  it("of the domain are the domain's own, and libraries that neither read nor write", () => {
    const isPure = (target: string) =>
      isWithin(target, "provider/src/domain") ||
      isPackage(target, "yaml", "jsonc-parser", "csv-parse", "fastest-levenshtein");

    assert.deepEqual(offences("provider/src/domain", isPure), []);
  });

  it("of the provider know nothing of Pulumi, of the packages above it, or of the emulator", () => {
    const isAllowed = (target: string) =>
      !isPackage(target, "@pulumi", "azurestack-csp", "@azurestack-csp") &&
      !isWithin(target, "sdk", "emulator", "usage");

    assert.deepEqual(offences("provider/src", isAllowed), []);
  });

  it("of Azure's SDKs stand in the provider's clients alone", () => {
    const outside = all.filter(({ file }) => !file.startsWith("provider/src/clients/"));

    assert.deepEqual(
      outside.filter(({ imports }) => imports.some((target) => isPackage(target, "@azure"))).map(({ file }) => file),
      [],
    );
  });

  it("of the usage store know of the product the provider alone, by its package name", () => {
    const isAllowed = (target: string) =>
      !isWithin(target, "provider", "sdk", "emulator") &&
      !isPackage(target, "@pulumi", "@azure", "azurestack-csp") &&
      (target === "@azurestack-csp/provider" || !isPackage(target, "@azurestack-csp"));

    assert.deepEqual(offences("usage/src", isAllowed), []);
  });

  it("of the usage package's domain are the domain's own: prices and quantities, no files and no engine", () => {
    const isPure = (target: string) =>
      isWithin(target, "usage/src/domain") || target === "usage/src/errors.ts" || target === "@azurestack-csp/provider";

    assert.deepEqual(offences("usage/src/domain", isPure), []);
  });

  it("of DuckDB's package stand in the usage store alone", () => {
    const outside = all.filter(({ file }) => !file.startsWith("usage/src/"));

    assert.deepEqual(
      outside.filter(({ imports }) => imports.some((target) => isPackage(target, "@duckdb"))).map(({ file }) => file),
      [],
    );
  });

  it("of the front end reach the other packages by their names", () => {
    assert.deepEqual(
      offences("sdk/nodejs/src", (target) => !isWithin(target, "provider", "emulator", "usage")),
      [],
    );
  });

  it("of the emulator know of the provider the ids alone, and nothing of its clients", () => {
    const isAllowed = (target: string) =>
      !isWithin(target, "provider", "sdk") &&
      !isPackage(target, "@pulumi", "@azure", "azurestack-csp") &&
      (target === "@azurestack-csp/provider/ids" || !isPackage(target, "@azurestack-csp"));

    assert.deepEqual(offences("emulator/src", isAllowed), []);
  });
});

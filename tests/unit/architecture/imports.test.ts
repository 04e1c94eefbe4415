import assert from "node:assert/strict";
import { relative } from "node:path";
import { root, type Source, sources } from "./sources.ts";

/** The layers of the provider, from the bottom up: each may import itself and what stands before it. */
const LAYERS = ["domain", "clients", "inspection", "lifecycle"];

const all = sources(["provider/src", "sdk/nodejs/src", "emulator/src"]);

function under(folder: string): readonly Source[] {
  return all.filter(({ file }) => file.startsWith(`${folder}/`));
}

/** What files of a folder import that they must not, as `<file> imports <what>`. */
function offences(folder: string, isAllowed: (target: string) => boolean): readonly string[] {
  return under(folder).flatMap(({ file, imports }) =>
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
    assert.ok(all.length > 100, `only ${all.length} sources in ${relative(process.cwd(), root) || "."}`);
    assert.ok(under("provider/src/lifecycle").some(({ imports }) => isWithin(imports[0] ?? "", "provider/src")));
  });

  for (const [height, layer] of LAYERS.entries()) {
    it(`of ${layer} come from itself and from the layers below`, () => {
      const above = LAYERS.slice(height + 1).map((other) => `provider/src/${other}`);

      assert.deepEqual(
        offences(`provider/src/${layer}`, (target) => !isWithin(target, ...above, "sdk", "emulator")),
        [],
      );
    });
  }

  it("of lifecycles know nothing of inspection, which looks at many mappings where they look at one", () => {
    assert.deepEqual(
      offences("provider/src/lifecycle", (target) => !isWithin(target, "provider/src/inspection")),
      [],
    );
  });

  it("of the domain are the domain's own, and libraries that neither read nor write", () => {
    const isPure = (target: string) =>
      isWithin(target, "provider/src/domain") ||
      isPackage(target, "yaml", "jsonc-parser", "csv-parse", "fastest-levenshtein");

    assert.deepEqual(offences("provider/src/domain", isPure), []);
  });

  it("of the provider know nothing of Pulumi, of the packages above it, or of the emulator", () => {
    const isAllowed = (target: string) =>
      !isPackage(target, "@pulumi", "azurestack-csp", "@azurestack-csp") && !isWithin(target, "sdk", "emulator");

    assert.deepEqual(offences("provider/src", isAllowed), []);
  });

  it("of Azure's SDKs stand in the provider's clients alone", () => {
    const outside = all.filter(({ file }) => !file.startsWith("provider/src/clients/"));

    assert.deepEqual(
      outside.filter(({ imports }) => imports.some((target) => isPackage(target, "@azure"))).map(({ file }) => file),
      [],
    );
  });

  it("of the front end reach the provider and the emulator by their package names", () => {
    assert.deepEqual(
      offences("sdk/nodejs/src", (target) => !isWithin(target, "provider", "emulator")),
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

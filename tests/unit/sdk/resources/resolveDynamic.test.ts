import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasCode } from "@azurestack-csp/provider";
import { requireDynamic } from "../../../../sdk/nodejs/src/resources/resolveDynamic.ts";

const versions = { node: process.versions.node };

describe("requireDynamic", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "program-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("accepts a folder that resolves to this very package", () => {
    requireDynamic({ folder: process.cwd(), isInline: false, versions });
  });

  it("names the missing line of package.json where the folder does not resolve the package", () => {
    assert.throws(
      () => requireDynamic({ folder, isInline: false, versions }),
      (error) => {
        assert.ok(hasCode(error, "CSP_DYNAMIC_NOT_RESOLVABLE"));
        assert.match(error.message, /"azurestack-csp": "\d+\.\d+\.\d+"/);
        assert.ok(error.message.includes(folder));
        return true;
      },
    );
  });

  it("names the working folder where the Automation API runs the program, and judges none that nobody knows", () => {
    assert.throws(
      () => requireDynamic({ folder, isInline: true, versions }),
      (error) => {
        assert.ok(hasCode(error, "CSP_DYNAMIC_NOT_RESOLVABLE"));
        assert.match(error.message, /Name a folder in `workDir`.*"azurestack-csp": "\d+\.\d+\.\d+"/);
        return true;
      },
    );
    requireDynamic({ folder: undefined, isInline: true, versions });
  });

  it("refuses another version in the program's folder, naming both", () => {
    const copy = join(folder, "node_modules", "azurestack-csp");
    mkdirSync(join(copy, "dist"), { recursive: true });
    writeFileSync(join(copy, "dist", "dynamic.js"), "");
    const exports = { "./dynamic": "./dist/dynamic.js" };
    writeFileSync(join(copy, "package.json"), JSON.stringify({ name: "azurestack-csp", version: "99.0.0", exports }));

    assert.throws(
      () => requireDynamic({ folder, isInline: false, versions }),
      (error) => hasCode(error, "CSP_DYNAMIC_VERSION") && error.details.resolvedVersion === "99.0.0",
    );
  });

  it("refuses bun and plug'n'play, where Pulumi's dynamic host does not run", () => {
    for (const host of ["bun", "pnp"]) {
      assert.throws(
        () => requireDynamic({ folder, isInline: false, versions: { ...versions, [host]: "1.0.0" } }),
        (error) => hasCode(error, "CSP_DYNAMIC_NOT_RESOLVABLE"),
      );
    }
  });
});

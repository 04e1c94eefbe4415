import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTenantList, type TenantListFile } from "azurestack-csp";
import { ROOT } from "./runProgram.ts";

function sampleOf(docs: string, language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(docs)?.[1] ?? "";
}

describe("docs/tenant-list.md", () => {
  const docs = readFileSync(join(ROOT, "docs/tenant-list.md"), "utf8");
  const yaml = sampleOf(docs, "yaml");
  const hubs = yaml.slice(0, yaml.indexOf("tenants:"));
  const samples: Readonly<Record<string, readonly TenantListFile[]>> = {
    YAML: [{ file: "tenants.yaml", text: yaml }],
    CSV: [
      { file: "hubs.yaml", text: hubs },
      { file: "tenants.csv", text: sampleOf(docs, "csv") },
    ],
  };

  for (const [format, files] of Object.entries(samples)) {
    it(`shows ${format} that parses without a warning`, () => {
      const { list, issues } = parseTenantList(files);

      assert.deepEqual(issues, []);
      assert.equal(list?.tenants.length, 2);
    });
  }
});

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isWithoutProjects } from "../../../../../sdk/nodejs/src/cli/stacks/stateLayout.ts";

describe("isWithoutProjects", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-layout-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const layouts: readonly (readonly [what: string, files: Readonly<Record<string, string>>, expected: boolean])[] = [
    ["a folder that holds nothing yet", {}, false],
    ["stacks by project", { "meta.yaml": "version: 1\n", "stacks/shop/test.json": "{}" }, false],
    ["an old stack beside stacks by project", { "meta.yaml": "version: 1\n", "stacks/test.json": "{}" }, false],
    ["a newer layout", { "meta.yaml": "version: 2\n", "stacks/test.json": "{}" }, false],
    ["what cannot be read", { "meta.yaml": ": [", "stacks/test.json": "{}" }, false],
    ["a file that says nothing", { "meta.yaml": "", "stacks/test.json": "{}" }, false],
    ["what is left of a stack", { "stacks/test.json.bak": "{}", "stacks/test.json.attrs": "{}" }, false],
    ["stacks of a project whose layout nobody noted", { "stacks/shop/test.json": "{}" }, false],
    ["a stack at the top", { "stacks/test.json": "{}" }, true],
    ["a stack that is compressed", { "stacks/test.json.gz": "" }, true],
    ["a layout that is noted as the oldest", { "meta.yaml": "version: 0\n" }, true],
  ];
  for (const [what, files, expected] of layouts) {
    it(`is ${expected} for ${what}`, async () => {
      for (const [file, text] of Object.entries(files)) {
        const path = join(folder, ".pulumi", file);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }

      assert.equal(await isWithoutProjects(folder), expected);
    });
  }
});

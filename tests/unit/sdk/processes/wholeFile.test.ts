import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWhole, systemCodeOf, writeWhole } from "../../../../sdk/nodejs/src/processes/wholeFile.ts";

describe("a file that is there whole or not at all", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-whole-"));
    file = join(folder, "below", "file");
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("is made by one of many", async () => {
    const made = await Promise.all(["a", "b", "c", "d"].map((text) => createWhole(file, text)));

    assert.equal(made.filter(Boolean).length, 1);
    assert.match(await readFile(file, "utf8"), /^[abcd]$/);
    assert.deepEqual(await readdir(join(folder, "below")), ["file"]);
  });

  it("takes the place of the old one", async () => {
    await writeWhole(file, "old");
    await writeWhole(file, "new");

    assert.equal(await readFile(file, "utf8"), "new");
    assert.deepEqual(await readdir(join(folder, "below")), ["file"]);
  });

  it("is for its owner alone, unless it is said", async () => {
    if (process.platform === "win32") return;
    await createWhole(file, "");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it("is not taken to be there where its folder is a file", async () => {
    await writeFile(join(folder, "below"), "");

    for (const write of [createWhole, writeWhole]) {
      await assert.rejects(write(file, ""), (error) => systemCodeOf(error) === "EEXIST");
    }
  });
});

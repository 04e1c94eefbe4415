import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ErrorDefinition, hasCode } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { layoutOf } from "../../../../usage/src/store/layout.ts";
import { makeStoreFolder } from "../../../../usage/src/store/storeFolder.ts";
import { hubDouble, LATE } from "../../../support/usage/hubDouble.ts";
import { storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).toSorted();
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), text);
}

describe("the folder of a store", () => {
  for (const [what, file] of [
    ["files", "index.html"],
    ["a folder of the same name with files", "staging/prod/deploy.yaml"],
    ["a folder of the same name with data", "data/x.csv"],
  ] as const) {
    it(`that has ${what} of somebody else is left as it is`, async () => {
      const folder = newFolder();
      write(folder, file, "theirs");
      const before = filesIn(folder);

      const error: unknown = await sync(folder, hubDouble()).catch((reason: unknown) => reason);

      assert.ok(hasCode(error, usageErrors.CSP_STORE_FOREIGN), String(error));
      assert.ok(error.message.includes(file), error.message);
      assert.deepEqual(filesIn(folder), before);
    });
  }

  it("whose list is another program's is left as it is", () => {
    const folder = newFolder();
    mkdirSync(folder);
    const database = new DatabaseSync(join(folder, "store.db"));
    database.exec("CREATE TABLE theirs (x)");
    database.close();

    assertThrows(() => makeStoreFolder(layoutOf(folder)), usageErrors.CSP_STORE_UNREADABLE);

    assert.deepEqual(filesIn(folder), ["store.db"]);
  });

  it("keeps the .gitignore that is there", async () => {
    const folder = newFolder();
    write(folder, ".gitignore", "node_modules\n");

    makeStoreFolder(layoutOf(folder));
    makeStoreFolder(layoutOf(folder));

    assert.equal(readFileSync(join(folder, ".gitignore"), "utf8"), "node_modules\n");
    assert.deepEqual(filesIn(folder), [".gitignore", "data", "staging"]);
  });

  it("without a list, or with an empty one that a killed sync has left, is no store to read and one to sync into", async () => {
    const folder = newFolder();
    makeStoreFolder(layoutOf(folder));
    assertThrows(() => openStore(folder), usageErrors.CSP_STORE_MISSING);
    writeFileSync(join(folder, "store.db"), "");
    assertThrows(() => openStore(folder), usageErrors.CSP_STORE_MISSING);

    await sync(folder, hubDouble({ reports: LATE }));

    assert.equal((await storedSums(folder)).length, 3);
  });

  it("loses to a sync nothing but what a sync has staged", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble());
    write(folder, "staging/notes.txt", "theirs");
    for (const ours of ["window-9.rows", "segment-9.parquet", "spill/duckdb_temp_storage-0.tmp"]) {
      write(folder, `staging/${ours}`, "left");
    }

    await sync(folder, hubDouble());

    assert.ok(existsSync(join(folder, "staging/notes.txt")));
    assert.deepEqual(
      filesIn(join(folder, "staging")).filter((file) => /\./.test(file)),
      ["notes.txt"],
    );
  });
});

function assertThrows(act: () => unknown, definition: ErrorDefinition): void {
  assert.throws(act, (error) => hasCode(error, definition));
}

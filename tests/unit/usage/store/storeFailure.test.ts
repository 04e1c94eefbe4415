import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hasCode } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { storeFailure } from "../../../../usage/src/store/storeFailure.ts";
import { hubDouble } from "../../../support/usage/hubDouble.ts";
import { storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

function failureOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return assert.fail("It went well.");
}

describe("what SQLite refuses", () => {
  it("to one of two who write has a code", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble());
    const file = join(folder, "store.db");
    const [other, own] = [new DatabaseSync(file), new DatabaseSync(file, { timeout: 0 })];
    other.exec("BEGIN IMMEDIATE");

    const error = storeFailure(
      failureOf(() => own.exec("BEGIN IMMEDIATE")),
      { store: folder, file },
    );
    for (const database of [other, own]) database.close();

    assert.ok(hasCode(error, usageErrors.CSP_STORE_LOCKED), String(error));
  });

  it("to a reader says nothing of a sync that stopped", () => {
    const folder = newFolder();
    mkdirSync(join(folder, "store.db"), { recursive: true });

    const error = failureOf(() => openStore(folder));

    assert.ok(hasCode(error, usageErrors.CSP_STORE_READ_REFUSED), String(error));
    assert.doesNotMatch(error.message, /sync stopped/);
  });
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { type ErrorDefinition, hasCode } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { SCHEMA_VERSION } from "../../../../usage/src/store/schema.ts";
import { type StoreFiles, systemFiles } from "../../../../usage/src/store/storeFiles.ts";
import { hubDouble, LATE } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const expected = plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" });

async function assertCode(promise: Promise<unknown>, definition: ErrorDefinition): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(hasCode(error, definition), String(error));
  return error.message;
}

/** Files that fail with a code of the system's. */
function failing(method: "writeAt" | "sync" | "publish", code: string, from = 1): StoreFiles {
  let calls = 0;
  return {
    ...systemFiles,
    [method]: (...args: [string, never, never]) => {
      calls += 1;
      if (calls < from) return systemFiles[method](...args);
      throw Object.assign(new Error(`${code}: no way, ${method}`), { code, syscall: method });
    },
  };
}

describe("a store in trouble", () => {
  for (const [method, code, definition] of [
    ["writeAt", "ENOSPC", usageErrors.CSP_STORE_FULL],
    ["publish", "EDQUOT", usageErrors.CSP_STORE_FULL],
    ["writeAt", "EACCES", usageErrors.CSP_STORE_UNWRITABLE],
    ["sync", "EIO", usageErrors.CSP_STORE_UNWRITABLE],
    ["publish", "EXDEV", usageErrors.CSP_STORE_FILE_SYSTEM],
    ["publish", "ENOTSUP", usageErrors.CSP_STORE_FILE_SYSTEM],
  ] as const) {
    it(`says ${definition.code} where ${method} fails with ${code}, and goes on from there`, async () => {
      const folder = newFolder();
      const hub = hubDouble({ reports: LATE, pageSize: 1 });

      await assertCode(sync(folder, hub, { files: failing(method, code, method === "writeAt" ? 2 : 1) }), definition);
      await sync(folder, hub);

      assert.deepEqual(await storedSums(folder), await expected);
    });
  }

  it("is left alone by a second sync, which names the process that has it, and is free again once that is killed", async () => {
    const folder = newFolder();
    const child = spawn(
      process.execPath,
      [
        "--conditions=development",
        "--no-warnings",
        fileURLToPath(new URL("../../../support/usage/heldSync.ts", import.meta.url)),
        folder,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(child.stdout, "data");
    const hub = hubDouble({ reports: LATE });

    const message = await assertCode(sync(folder, hub), usageErrors.CSP_STORE_BUSY);
    child.kill("SIGKILL");
    await once(child, "exit");
    await sync(folder, hub);

    assert.match(message, new RegExp(`process ${child.pid} on ${hostname()}, since \\d{4}-`));
    assert.deepEqual(await storedSums(folder), await expected);
  });

  for (const [which, version, definition] of [
    ["a later", SCHEMA_VERSION + 1, usageErrors.CSP_STORE_NEWER],
    ["an earlier", SCHEMA_VERSION - 1, usageErrors.CSP_STORE_OLDER],
  ] as const) {
    it(`of ${which} form is neither written nor read`, async () => {
      const folder = newFolder();
      await sync(folder, hubDouble());
      const database = new DatabaseSync(join(folder, "store.db"));
      database.exec(`PRAGMA user_version = ${version}`);
      database.close();

      const message = await assertCode(sync(folder, hubDouble()), definition);
      assert.match(message, new RegExp(`version ${version} .* version ${SCHEMA_VERSION}`));
      assert.throws(
        () => openStore(folder),
        (error) => hasCode(error, definition),
      );
    });
  }

  it("whose list is another program's, or torn, is left alone", async () => {
    const [foreign, torn] = [newFolder(), newFolder()];
    for (const folder of [foreign, torn]) await sync(folder, hubDouble());
    for (const file of ["store.db", "store.db-wal", "store.db-shm"]) rmSync(join(foreign, file), { force: true });
    const database = new DatabaseSync(join(foreign, "store.db"));
    database.exec("CREATE TABLE theirs (x)");
    database.close();
    writeFileSync(join(torn, "store.db"), "x".repeat(8192));

    for (const folder of [foreign, torn]) {
      await assertCode(sync(folder, hubDouble()), usageErrors.CSP_STORE_UNREADABLE);
      assert.throws(
        () => openStore(folder),
        (error) => hasCode(error, usageErrors.CSP_STORE_UNREADABLE),
      );
    }
  });

  it("whose list is gone while its usage is there is not begun anew, and its files stay", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: LATE }));
    const store = openStore(folder);
    const files = store.liveFiles();
    store.close();
    for (const file of ["store.db", "store.db-wal", "store.db-shm"]) rmSync(join(folder, file), { force: true });

    for (let time = 0; time < 2; time += 1) {
      const message = await assertCode(sync(folder, hubDouble()), usageErrors.CSP_STORE_UNREADABLE);
      assert.match(message, /files of usage lie beside it, 1 in all/);
      assert.ok(!existsSync(join(folder, "store.db")));
    }

    assert.ok(files.every((file) => existsSync(file)));
  });

  it("leaves a file alone that it does not know, as where an older list was brought back", async () => {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: LATE }));
    const unknown = join(folder, "data", "unknown.parquet");
    writeFileSync(unknown, "");

    await sync(folder, hubDouble({ reports: LATE }));

    assert.ok(existsSync(unknown));
    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("that is not there is said to be missing", () => {
    assert.throws(
      () => openStore(newFolder()),
      (error) => hasCode(error, usageErrors.CSP_STORE_MISSING),
    );
  });

  it("holds nothing but what is live or was a short while ago", async () => {
    const folder = newFolder();
    const hub = hubDouble({ reports: LATE });
    await sync(folder, hub);
    const again = { from: Date.parse("2026-10-01T19:00Z"), to: Date.parse("2026-10-01T20:00Z") };
    await sync(folder, hub, { again, now: "2026-10-10T01:00:00Z" });
    const count = () =>
      readdirSync(join(folder, "data"), { recursive: true }).filter((file) => String(file).endsWith(".parquet")).length;
    assert.equal(count(), 2);

    await sync(folder, hub, { now: "2026-10-11T00:59:59Z" });
    assert.equal(count(), 2);
    await sync(folder, hub, { now: "2026-10-11T01:00:00Z" });

    assert.equal(count(), 1);
    assert.deepEqual(await storedSums(folder), await expected);
  });

  it("is written into one file a day once there are many, which changes no sum", async () => {
    const folder = newFolder();
    const reports = Array.from({ length: 8 }, (_, hour) => ({
      ...LATE[0],
      reported: `2026-10-01T0${hour}:30:00Z`,
      quantity: `1.${hour}`,
    })) as typeof LATE;
    const files = () => {
      const store = openStore(folder);
      const found = store.liveFiles().length;
      store.close();
      return found;
    };
    const counts: number[] = [];

    for (let hour = 0; hour < 8; hour += 1) {
      await sync(folder, hubDouble({ reports }), { now: `2026-10-01T${String(hour + 7).padStart(2, "0")}:00:00Z` });
      counts.push(files());
    }

    assert.deepEqual(counts, [1, 2, 3, 4, 5, 1, 2, 3]);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(reports, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });
});

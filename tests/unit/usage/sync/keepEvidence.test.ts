import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdDecompressSync } from "node:zlib";
import { CLOUD_ID, hubDouble, LATE, SUBSCRIPTION } from "../../../support/usage/hubDouble.ts";
import { storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const OPTIONS = { keepPages: true, now: "2026-10-02T02:00:00Z" } as const;

describe("the evidence of a sync", () => {
  it("is the body of every page, with its hash in the list, and is never overwritten", async () => {
    const folder = newFolder();
    const hub = hubDouble({ reports: LATE, pageSize: 1 });
    const again = { from: Date.parse("2026-10-01T19:00Z"), to: Date.parse("2026-10-01T20:00Z") };

    await sync(folder, hub, OPTIONS);
    await sync(folder, hub, { ...OPTIONS, again });

    const day = join(folder, "evidence", `hub=${CLOUD_ID}`, "20261001");
    const names = readdirSync(day).filter((name) => name.startsWith("20261001T19"));
    assert.deepEqual(
      names.toSorted(),
      ["1-1", "1-2", "2-1", "2-2"].map((name) => `20261001T190000Z-all-000${name}.json.zst`),
    );
    const bytes = readFileSync(join(day, "20261001T190000Z-all-0002-1.json.zst"));
    assert.deepEqual(JSON.parse(zstdDecompressSync(bytes).toString()), { page: 1, rows: 2 });
    const database = new DatabaseSync(join(folder, "store.db"), { readOnly: true });
    const noted = database.prepare("SELECT path, sha256 FROM evidence").all();
    database.close();
    assert.equal(noted.length, hub.asked.length);
    for (const { path, sha256 } of noted) {
      assert.equal(
        sha256,
        createHash("sha256")
          .update(readFileSync(join(folder, String(path))))
          .digest("hex"),
      );
    }
  });

  it("tells the pages of one subscriber from those of another, and is kept only where it is asked for", async () => {
    const [folder, other] = [newFolder(), newFolder()];
    const hub = hubDouble({
      asker: () => ({ kind: "user", subscription: undefined }),
      subscriptions: () => [SUBSCRIPTION, "../b"].map((name) => ({ name, facts: {} })),
    });

    await sync(folder, hub, { ...OPTIONS, now: "2026-10-01T07:00:00Z" });
    await sync(other, hub, { ...OPTIONS, keepPages: false, now: "2026-10-01T07:00:00Z" });

    assert.deepEqual(readdirSync(join(folder, "evidence", `hub=${CLOUD_ID}`, "20261001")).toSorted(), [
      `20261001T000000Z-${SUBSCRIPTION}-0002-1.json.zst`,
      "20261001T000000Z-___b-0001-1.json.zst",
    ]);
    assert.ok(!existsSync(join(other, "evidence")));
  });
});

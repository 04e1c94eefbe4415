import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChangeLogEntry, createChangeLog } from "../../../../../provider/src/clients/wire/changeLog.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

const entry = (toy: string): ChangeLogEntry => ({
  resource: `/orders/${toy}`,
  operation: "post",
  facts: { kind: "toyOrder", toy, price: undefined },
  outcome: "done",
});

describe("createChangeLog", () => {
  let folder: string;
  let path: string;
  const now = () => Date.parse("2026-03-01T12:00:00Z");

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "change-log-"));
    path = join(folder, "changes.jsonl");
  });

  afterEach(() => rm(folder, { recursive: true }));

  const lines = async () =>
    (await readFile(path, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));

  it("joins a change with what the wire knows of it, and says null for what is not known", async () => {
    const log = createChangeLog({ path, now });
    await log.open();
    log.observe({
      resource: "/Orders/TRAIN",
      principal: "2af923dd-9767-4866-b866-b5b8397f069e",
      correlationId: "c0ffee00-0000-4000-8000-000000000000",
    });
    await log.record(entry("train"));
    await log.record(entry("train"));
    const change = {
      time: "2026-03-01T12:00:00.000Z",
      operation: "post",
      kind: "toyOrder",
      toy: "train",
      price: null,
      outcome: "done",
    };
    assert.deepEqual(await lines(), [
      {
        ...change,
        principal: "2af923dd-9767-4866-b866-b5b8397f069e",
        correlationId: "c0ffee00-0000-4000-8000-000000000000",
      },
      { ...change, principal: null, correlationId: null },
    ]);
  });

  it("keeps what is there, and every line of writers that write at once", async () => {
    const logs = [createChangeLog({ path, now }), createChangeLog({ path, now })];
    await Promise.all(logs.flatMap((log) => Array.from({ length: 100 }, (_, row) => log.record(entry(`row-${row}`)))));
    assert.equal((await lines()).length, 200);
    await createChangeLog({ path, now }).record(entry("one more"));
    assert.equal((await lines()).length, 201);
  });

  it("makes a file that only its owner can read", async () => {
    await createChangeLog({ path, now }).open();
    assert.equal((await stat(path)).mode & 0o077 & (process.platform === "win32" ? 0 : 0o077), 0);
  });

  it("refuses to begin where the file cannot be written", async () => {
    const log = createChangeLog({ path: join(folder, "missing", "changes.jsonl"), now });
    await assert.rejects(log.open(), (error) => hasCode(error, "CSP_CHANGE_LOG_UNWRITABLE"));
  });

  it("says that a change went out whose line is lost, gives the line, and lets no further one out", async () => {
    const log = createChangeLog({ path: join(folder, "missing", "changes.jsonl"), now });

    await assert.rejects(log.record(entry("train")), (error) => {
      assert(hasCode(error, "CSP_CHANGE_LOG_LINE_LOST"));
      assert.match(error.message, /did not take a line: ENOENT\. The change in it has been sent/);
      assert.equal(JSON.parse(error.details.line).toy, "train");
      return true;
    });

    await mkdir(join(folder, "missing"));
    await assert.rejects(log.open(), (error) => hasCode(error, "CSP_CHANGE_LOG_UNWRITABLE"));
  });

  it("keeps nothing where no path is given, in the working folder either", async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const log = createChangeLog({ path: undefined, now });
      await log.open();
      await log.record(entry("train"));
    } finally {
      process.chdir(before);
    }

    assert.deepEqual(await readdir(folder), []);
  });
});

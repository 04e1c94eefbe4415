import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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

  it("begins a new line behind one that was cut off", async () => {
    await writeFile(path, '{"time":"2026-02-28T');

    const log = createChangeLog({ path, now });
    await log.record(entry("train"));
    await log.record(entry("ball"));

    const [cutOff, ...whole] = (await readFile(path, "utf8")).trimEnd().split("\n");
    assert.equal(cutOff, '{"time":"2026-02-28T');
    assert.deepEqual(
      whole.map((line) => JSON.parse(line).toy),
      ["train", "ball"],
    );
  });

  if (process.platform !== "win32") {
    it("loses a line that fits only in part, says so, and begins anew once there is room", async () => {
      // A limit on the size of files cuts a write off in the middle, as a full disk does.
      const module = new URL("../../../../../provider/src/clients/wire/changeLog.ts", import.meta.url);
      const code = `
        const { createChangeLog } = await import(${JSON.stringify(module.href)});
        const log = createChangeLog({ path: ${JSON.stringify(path)}, now: () => 0 });
        const write = { resource: "/orders/a", operation: "post", facts: { kind: "a".repeat(200) }, outcome: "done" };
        for (;;) await log.record(write).catch((error) => { console.log(error.code, error.message); process.exit(); });`;
      const script = 'trap "" XFSZ; ulimit -f 1; exec "$@"';
      const node = [process.execPath, "--conditions=development", "--input-type=module", "--eval", code];
      const { stdout, stderr } = spawnSync("sh", ["-c", script, "sh", ...node], { encoding: "utf8" });
      assert.match(
        stdout,
        /^CSP_CHANGE_LOG_LINE_LOST .* did not take a line: only \d+ of \d+ bytes were written/,
        stderr,
      );

      await createChangeLog({ path, now }).record(entry("train"));

      const written = (await readFile(path, "utf8")).trimEnd().split("\n");
      const whole = written.filter((line) => line.endsWith("}"));
      assert.equal(written.length - whole.length, 1);
      assert.equal(JSON.parse(whole.at(-1) ?? "").toy, "train");
    });

    it("writes to a file that it may not read, and begins every line anew, not knowing how the file ends", async () => {
      await writeFile(path, '{"time":"2026-02-28T', { mode: 0o200 });
      if (process.getuid?.() === 0) return;
      await createChangeLog({ path, now }).record(entry("train"));
      await chmod(path, 0o600);

      assert.equal(JSON.parse((await readFile(path, "utf8")).split("\n").at(-2) ?? "").toy, "train");
    });
  }

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

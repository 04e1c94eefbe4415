import assert from "node:assert/strict";
import { appendFile, link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createJournal, journalOf } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import type { IntendedWrite } from "../../../../../../sdk/nodejs/src/journal/intendedWrite.ts";

const write: IntendedWrite = { id: "/subscriptions/a", urn: "urn:b", parent: "", inputs: { tenantId: "c" } };

describe("createJournal", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-journal-"));
    file = join(folder, "deep", "test.journal.jsonl");
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("gives back what it was given, and nothing once it is cleared", async () => {
    const journal = createJournal(file);
    assert.equal(await journal.read(), undefined);

    await journal.write([write, { ...write, id: "/subscriptions/d" }]);
    assert.deepEqual(await journal.read(), [write, { ...write, id: "/subscriptions/d" }]);

    await journal.clear();
    assert.equal(await journal.read(), undefined);
  });

  it("holds one JSON document a line, its version first", async () => {
    await createJournal(file).write([write]);

    const [header = "", ...lines] = (await readFile(file, "utf8")).trimEnd().split("\n");
    assert.equal((JSON.parse(header) as { version: number }).version, 1);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      [write],
    );
  });

  it("leaves the old one whole until the new one is", async () => {
    const journal = createJournal(file);
    await journal.write([write]);
    const old = join(folder, "old.jsonl");
    await link(file, old);

    await journal.write([]);

    assert.deepEqual(await createJournal(old).read(), [write]);
    assert.deepEqual(await journal.read(), []);
  });

  it("is an error where it cannot be opened, which is not the same as none", async () => {
    await mkdir(file, { recursive: true });

    await assert.rejects(createJournal(file).read(), { code: "CSP_RECONCILE_JOURNAL_UNREADABLE" });
  });

  it("overlooks a last line that is not whole, because nothing was sent yet", async () => {
    const journal = createJournal(file);
    await journal.write([write]);
    await appendFile(file, '{"id":"/subscr');

    assert.deepEqual(await journal.read(), [write]);
  });

  for (const [title, text] of [
    ["is of another version", '{"journal":"azurestack-csp","version":2}\n'],
    ["holds something else", "tenants:\n"],
  ] as const) {
    it(`is an error where it ${title}`, async () => {
      const journal = createJournal(file);
      await journal.write([]);
      await writeFile(file, text);

      await assert.rejects(journal.read(), { code: "CSP_RECONCILE_JOURNAL_UNREADABLE" });
    });
  }
});

describe("journalOf", () => {
  it("is a file of the stack's own in the folder of its runs", async () => {
    const path = await mkdtemp(join(tmpdir(), "azurestack-csp-journal-"));
    try {
      await journalOf({ path }, "production").write([write]);
      await journalOf({ path }, "production.paris").write([]);

      assert.deepEqual((await readdir(path)).sort(), ["production.journal.jsonl", "production.paris.journal.jsonl"]);
      await journalOf({ path }, "production.paris").clear();
      assert.deepEqual(await journalOf({ path }, "production").read(), [write]);
    } finally {
      await rm(path, { recursive: true });
    }
  });
});

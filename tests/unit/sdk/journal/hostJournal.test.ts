import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createStriker,
  isAtWork,
  openHostJournal,
  readHostJournals,
} from "../../../../sdk/nodejs/src/journal/hostJournal.ts";
import { type IntendedWrite, writeKey } from "../../../../sdk/nodejs/src/journal/intendedWrite.ts";
import { thisMachine } from "../../../../sdk/nodejs/src/processes/machine.ts";

const write = (n: number): IntendedWrite => ({
  id: `/subscriptions/${n}`,
  urn: `urn:${n}`,
  parent: "",
  inputs: { tenantId: "t" },
});

describe("host journals", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-hosts-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const writesOf = async () => (await readHostJournals(folder)).flatMap(({ writes }) => writes);

  it("hold whose they are, and what was added and not taken back, also where many are added at once", async () => {
    const journal = await openHostJournal(folder);
    await Promise.all(Array.from({ length: 50 }, (_, n) => journal.add(write(n))));
    journal.forget(writeKey(write(7)));
    await journal.add(write(50));

    const [read] = await readHostJournals(folder);

    assert.equal(read?.host.pid, process.pid);
    assert.equal(read?.writes.length, 50);
    assert.ok(!read?.writes.some(({ id }) => id === write(7).id));
    assert.deepEqual(read?.writes.at(-1), write(50));
  });

  it("are none where the folder is not there, and fail where it cannot be read", async () => {
    assert.deepEqual(await readHostJournals(join(folder, "none")), []);
    await writeFile(join(folder, "file"), "");
    await assert.rejects(readHostJournals(join(folder, "file")), { code: "ENOTDIR" });
  });

  it("lose a line that is not whole, which nothing was sent behind, and keep those after it", async () => {
    const journal = await openHostJournal(folder);
    await journal.add(write(1));
    await appendFile(journal.file, `\n{"id":"/subscriptions/2","inp`);
    await journal.add(write(3));

    assert.deepEqual(await writesOf(), [write(1), write(3)]);
  });

  it("fail to be added to where the disk does not take it", async () => {
    const journal = await openHostJournal(folder);
    await rm(journal.file);
    await rm(folder, { recursive: true });

    await assert.rejects(journal.add(write(1)), { code: "ENOENT" });
    await writeFile(folder, "").then(() => rm(folder));
    await openHostJournal(folder);
  });

  it("are struck out write by write, and are gone with the last one", async () => {
    const journal = await openHostJournal(folder);
    await journal.add(write(1));
    await journal.add(write(2));
    const [read] = await readHostJournals(folder);
    assert.ok(read);
    const strike = createStriker(read);

    strike(writeKey(write(1)));
    strike("another");
    assert.deepEqual(await writesOf(), [write(2)]);

    strike(writeKey(write(2)));
    assert.deepEqual(await readdir(folder), []);
  });

  it("tell that their host is at work as long as it lives, as far as that can be seen", async () => {
    await openHostJournal(folder);
    const [read] = await readHostJournals(folder);
    assert.ok(read);

    assert.equal(isAtWork(read), true);
    assert.equal(isAtWork(read, { ...thisMachine(), isRunning: () => false }), false);
    assert.equal(isAtWork({ ...read, host: { ...read.host, host: "elsewhere" } }), false);
  });
});

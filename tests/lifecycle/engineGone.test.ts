import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { delmas, garance, inputsOf, paris } from "../support/customers.ts";
import { type DynamicHost, startDynamicHost } from "../support/dynamicHost.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../support/heldRequest.ts";

describe("the dynamic host, once its engine is gone", () => {
  let azure: HoldingEmulator;
  let host: DynamicHost;
  let folder: string;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-hosts-"));
  });

  afterEach(async () => {
    azure.release();
    await host.stop();
    await azure.close();
    await rm(folder, { recursive: true });
  });

  const requests = () => azure.journal().map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
  const live = () => azure.facts.customerSubscriptions(paris).map(({ tenantId }) => tenantId);

  it("sends nothing of what waits, and ends", async () => {
    host = await startDynamicHost({ azure });
    azure.addFault({ match: { method: "PUT" }, what: { status: 429, retryAfter: 40 } });
    const creations = [delmas, garance].map((customer) => host.create(inputsOf(paris, customer)));
    const lost = Promise.allSettled(creations);
    await host.says("Azure asks to wait");
    azure.clearFaults();
    const before = requests();

    host.loseEngine();
    await host.ended;
    await lost;

    assert.deepEqual(requests(), before);
    assert.ok(!live().includes(delmas.tenantId) && !live().includes(garance.tenantId));
  });

  it("waits for the answer to what is on its way, keeps it in the change log, and ends", async () => {
    const changeLog = join(folder, "changes.jsonl");
    host = await startDynamicHost({ azure, env: { AZURESTACK_CSP_CHANGE_LOG: changeLog } });
    const reached = azure.hold({ match: { method: "PUT" } });
    const creation = Promise.allSettled([host.create(inputsOf(paris, delmas))]);
    await reached;

    host.loseEngine();
    // Were it to end at once, one of these would fail.
    for (let count = 0; count < 20; count += 1) await host.check(inputsOf(paris, garance));
    azure.release();
    await host.ended;
    await creation;

    assert.ok(live().includes(delmas.tenantId));
    assert.equal(requests().at(-1)?.split(" ")[0], "PUT");
    assert.equal(JSON.parse(await readFile(changeLog, "utf8")).outcome, "done");
  });

  it("is found by the note that it has left", async () => {
    const notes = join(folder, "notes");
    host = await startDynamicHost({ azure, env: { AZURESTACK_CSP_HOST_RECORDS: notes } });
    await host.create(inputsOf(paris, delmas));

    const [note = ""] = await readdir(notes);

    assert.equal(JSON.parse(await readFile(join(notes, note), "utf8")).host.pid, host.pid);
  });

  it("has sent nothing where it could not leave that note", async () => {
    const notes = join(folder, "file");
    await writeFile(notes, "");
    host = await startDynamicHost({ azure, env: { AZURESTACK_CSP_HOST_RECORDS: notes } });

    await assert.rejects(host.create(inputsOf(paris, delmas)), /\[CSP_HOST_UNRECORDED\]/);

    assert.deepEqual(requests(), []);
  });
});

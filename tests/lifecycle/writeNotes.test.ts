import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readHostJournals } from "../../sdk/nodejs/src/journal/hostJournal.ts";
import { delmas, garance, inputsOf, paris } from "../support/customers.ts";
import { type DynamicHost, startDynamicHost } from "../support/dynamicHost.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../support/heldRequest.ts";

const rootUrn = "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test";

/** What a host notes of its writes, beside a stack in a folder. */
describe("the dynamic host's notes", () => {
  let azure: HoldingEmulator;
  let hosts: DynamicHost[];
  let backend: string;
  let notes: string;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    hosts = [];
    backend = await mkdtemp(join(tmpdir(), "azurestack-csp-notes-"));
    await mkdir(join(backend, ".pulumi"));
    notes = join(backend, ".pulumi", "azurestack-csp", "shop", "test.hosts");
  });

  afterEach(async () => {
    azure.release();
    for (const host of hosts) await host.stop();
    await azure.close();
    await rm(backend, { recursive: true });
  });

  async function start(env: Readonly<Record<string, string>> = {}): Promise<DynamicHost> {
    const variables = { PULUMI_BACKEND_URL: pathToFileURL(backend).href, ...env };
    const host = await startDynamicHost({ azure, rootUrn, env: variables });
    hosts.push(host);
    return host;
  }
  const noted = async () => (await readHostJournals(notes)).flatMap(({ writes }) => writes);
  const tenants = async () => (await noted()).map(({ inputs }) => inputs.tenantId);
  const requests = () => azure.journal().filter(({ method }) => method === "PUT").length;

  it("hold a write before it is sent, as a state would hold it, and whose it is", async () => {
    const host = await start();
    const reached = azure.hold({ match: { method: "PUT" } });
    const creation = host.create(inputsOf(paris, delmas));
    await reached;

    const [journal] = await readHostJournals(notes);

    assert.equal(journal?.host.pid, host.pid);
    const [write] = journal?.writes ?? [];
    assert.equal(write?.inputs.tenantId, delmas.tenantId);
    assert.match(String(write?.inputs.__provider), /azurestack-csp\/dynamic/);
    azure.release();
    assert.equal((await creation).id.toLowerCase(), write?.id.toLowerCase());
  });

  it("stay after a kill, and go once states hold what they name", async () => {
    const killed = await start();
    const created = await Promise.all([delmas, garance].map((customer) => killed.create(inputsOf(paris, customer))));
    killed.loseEngine();
    await killed.ended;
    assert.equal((await noted()).length, 2);

    const next = await start();
    const [first, second] = created;
    await next.diff(first?.id ?? "", first?.properties ?? {}, inputsOf(paris, delmas));
    await next.delete(second?.id ?? "", second?.properties ?? {});
    await next.create(inputsOf(paris, garance));

    assert.deepEqual(await tenants(), [garance.tenantId]);
    assert.equal((await readdir(notes)).length, 1);
  });

  it("keep what no state holds, and strike out for good what one does", async () => {
    const killed = await start();
    const created = await killed.create(inputsOf(paris, delmas));
    await killed.create(inputsOf(paris, garance));
    killed.loseEngine();
    await killed.ended;

    const next = await start();
    await next.diff(created.id, created.properties, inputsOf(paris, delmas));
    next.interrupt();
    await next.ended;

    assert.deepEqual(await tenants(), [garance.tenantId]);
  });

  it("go at once with a run that comes to its end", async () => {
    const host = await start();
    await host.create(inputsOf(paris, delmas));

    host.interrupt();
    await host.ended;

    assert.deepEqual(await readdir(notes), []);
  });

  it("stay, with the time of its end, where the engine writes its state only after that", async () => {
    const host = await start({ PULUMI_SKIP_CHECKPOINTS: "true" });
    await host.create(inputsOf(paris, delmas));

    host.interrupt();
    await host.ended;

    const [journal] = await readHostJournals(notes);
    assert.equal(journal?.writes.length, 1);
    assert.ok(Date.parse(journal?.endedAt ?? "") > 0);
  });

  it("hold nothing of a write that Azure refused", async () => {
    const host = await start();
    azure.addFault({ match: { method: "PUT" }, what: { status: 403, code: "AuthorizationFailed" } });
    await assert.rejects(host.create(inputsOf(paris, delmas)), /\[CSP_/);

    assert.equal((await readHostJournals(notes)).length, 1);
    assert.deepEqual(await tenants(), []);
  });

  it("hold no secret", async () => {
    const host = await start();
    await host.create(inputsOf(paris, delmas));

    const [file = ""] = await readdir(notes);
    const text = await readFile(join(notes, file), "utf8");

    const secrets = Object.entries(process.env).filter(([name]) => /SECRET|TOKEN/.test(name));
    for (const [, secret] of secrets) assert.ok(!secret || !text.includes(secret));
    assert.doesNotMatch(text, /secret|eyJ/i);
  });

  it("are said to be missing once where they cannot be kept, and the run goes on", async () => {
    await writeFile(join(backend, ".pulumi", "azurestack-csp"), "");
    const host = await start();

    await host.create(inputsOf(paris, delmas));
    await host.create(inputsOf(paris, garance));

    assert.equal(host.output().match(/cannot be noted/g)?.length, 1);
    assert.equal(requests(), 2);
  });

  it("are kept nowhere, and said to be missing, where the backend is not found", async () => {
    const host = await start({ PULUMI_BACKEND_URL: pathToFileURL(join(backend, "other")).href });

    await host.create(inputsOf(paris, delmas));

    assert.match(host.output(), /cannot be noted beside the stack \(there is no backend in /);
    assert.deepEqual(await readdir(backend), [".pulumi"]);
  });
});

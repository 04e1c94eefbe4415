import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon, paris } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { findDescendant, isAlive, killAlone } from "../../support/killTree.ts";
import { assertFailed, assertLive, assertSucceeded, type Row, writesOf } from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { createListFolder, journalsIn, type ListFolder } from "./support/listFolder.ts";
import { reconcile, startReconcile } from "./support/reconcileCommand.ts";

const ENGINE = /pulumi up /;
const HOST = /node .*dynamic-provider/;

describe("a reconcile whose engine alone is killed", () => {
  let azure: Emulator;
  let list: ListFolder;
  let throttled: Promise<void>;

  beforeEach(async () => {
    let meet = () => {};
    throttled = new Promise((resolve) => {
      meet = resolve;
    });
    azure = await createEmulator({ sleep: async () => meet() });
    list = await createListFolder(azure, [delmas, garance]);
  });

  afterEach(async () => {
    await list.remove();
    await azure.close();
  });

  /** Kills the engine while its host waits as a 429 asks, and gives back the host's number. */
  async function killWhileWaiting(): Promise<number> {
    azure.addFault({ match: { method: "PUT" }, what: { delayInMs: 1, status: 429, retryAfter: 40 } });
    const running = startReconcile(list, "--stack", "test");
    await Promise.race([throttled, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
    const host = findDescendant(running.pid, HOST);
    killAlone(findDescendant(running.pid, ENGINE));
    assertFailed(await running.result);
    azure.clearFaults();
    return host;
  }

  for (const [title, next] of [
    ["has sent nothing of what waited, and leaves a stack for another list", [horizon]],
    ["leaves a stack that the same list completes", [delmas, garance]],
  ] satisfies readonly [string, readonly Row[]][]) {
    it(title, async () => {
      const host = await killWhileWaiting();
      assert.equal(isAlive(host), false);
      assertLive(azure, []);
      assert.deepEqual(await journalsIn(list), []);
      await list.declare(next);

      assertSucceeded(await reconcile(list, "--stack", "test"));

      assertLive(azure, next);
      azure.resetJournal();
      assertSucceeded(await reconcile(list, "--stack", "test"));
      assert.deepEqual(writesOf(azure), []);
    });
  }
});

describe("a reconcile that is killed in part", () => {
  let azure: HoldingEmulator;
  let list: ListFolder;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    list = await createListFolder(azure, [delmas, garance]);
  });

  afterEach(async () => {
    azure.release();
    await list.remove();
    await azure.close();
  });

  it("while it refreshes, leaves a stack that the next run can lock", async () => {
    assertSucceeded(await reconcile(list, "--stack", "test"));
    azure.facts.deleteCustomerSubscription({ ...paris, customerSubscriptionId: delmas.customerSubscriptionId });
    const reached = azure.hold({ match: { operation: "CustomerSubscriptions_Get" }, nth: 2 });
    const running = startReconcile(list, "--stack", "test");
    await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
    killAlone(findDescendant(running.pid, /pulumi refresh /));
    assertFailed(await running.result);
    azure.release();

    assertSucceeded(await reconcile(list, "--stack", "test"));

    assertLive(azure, [delmas, garance]);
  });

  it("but for its host, is waited for by the next run, which names the process and finds what came of it", async () => {
    const reached = azure.hold({ match: { method: "PUT" } });
    const killed = startReconcile(list, "--stack", "test");
    await Promise.race([reached, killed.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
    const host = findDescendant(killed.pid, HOST);
    const engine = findDescendant(killed.pid, ENGINE);
    killAlone(killed.pid);
    killAlone(engine);
    await killed.result;
    await list.declare([horizon]);

    const next = startReconcile(list, "--stack", "test", "--max-removals", "1");
    await next.says(`Process ${host} `);
    assert.ok(isAlive(host));
    azure.release();

    assertSucceeded(await next.result);
    assertLive(azure, [horizon]);
    assert.equal(isAlive(host), false);
    assert.match((await next.result).stderr, /left 1 mappings that are live/);
  });
});

describe("what a killed Pulumi left torn", () => {
  it("holds up neither plan, audit nor reconcile", async () => {
    const azure = await createEmulator();
    const list = await createListFolder(azure, [delmas]);
    const folder = join(fileURLToPath(list.env.PULUMI_BACKEND_URL ?? ""), ".pulumi", "stacks", "azurestack-csp");
    const file = join(folder, "test.json.attrs");
    try {
      assertSucceeded(await reconcile(list, "--stack", "test"));
      const extras = 7;
      for (const [command, code] of [
        [["plan"], 0],
        [["audit"], extras],
        [["reconcile", "--yes"], 0],
      ] as const) {
        await writeFile(file, "");

        const run = await runCommand({ cwd: list.folder, env: list.env }, ...command, "--stack", "test");

        assert.equal(run.code, code, run.stderr);
        assert.ok(run.stderr.includes("test.json.attrs"), run.stderr);
      }
      assert.ok((await readdir(folder)).includes("test.json"));
    } finally {
      await list.remove();
      await azure.close();
    }
  });
});

describe("a reconcile that cannot keep its lock", () => {
  it("says which file, on the document of --json too, and has sent nothing", async () => {
    const azure = await createEmulator();
    const list = await createListFolder(azure, [delmas]);
    const backend = fileURLToPath(list.env.PULUMI_BACKEND_URL ?? "");
    try {
      await mkdir(join(backend, ".pulumi"), { recursive: true });
      await writeFile(join(backend, ".pulumi", "azurestack-csp"), "");

      const { code, stdout, stderr } = await reconcile(list, "--stack", "test", "--json");

      assert.equal(code, 8, stderr);
      assert.equal(JSON.parse(stdout).error.code, "CSP_RECONCILE_LOCK_UNWRITABLE");
      assert.doesNotMatch(stderr, /\n {4}at /);
      assertLive(azure, []);
    } finally {
      await list.remove();
      await azure.close();
    }
  });
});

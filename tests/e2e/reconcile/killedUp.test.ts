import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { delmas, garance } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { findDescendant, isAlive, killAlone } from "../../support/killTree.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
} from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { startReconcile } from "./support/reconcileCommand.ts";

const HOST = /node .*dynamic-provider/;
const UP = ["up", "--yes", "--skip-preview"];
const MANY = ["--max-removals", "100%"];

describe("what a pulumi up has noted that is killed in part", () => {
  let azure: HoldingEmulator;
  let stack: TenantStack;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    stack = await createTenantStack({ azure, rows: [delmas] });
    assertSucceeded(await stack.up());
    await stack.declare([delmas, garance]);
  });

  afterEach(async () => {
    azure.release();
    await stack.remove();
    await azure.close();
  });

  /** Starts an update, until its PUT is carried out and held. */
  async function startUntilWritten(env: Readonly<Record<string, string>> = {}) {
    const reached = azure.hold({ match: { method: "PUT" }, when: "afterCommit" });
    const running = stack.start(UP, env);
    await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
    return running;
  }
  const ours = () => ({ cwd: stack.program, env: stack.env });
  const startOurs = () => startReconcile({ folder: stack.program, env: stack.env }, "--stack", "test", ...MANY);
  async function notes(): Promise<readonly string[]> {
    const folder = join(fileURLToPath(stack.env.PULUMI_BACKEND_URL ?? ""), ".pulumi", "azurestack-csp");
    const files = await readdir(folder, { recursive: true });
    return files.filter((file) => file.endsWith(".jsonl"));
  }

  it("is gone after one that came to its end", async () => {
    assertSucceeded(await stack.up());

    assert.deepEqual(await notes(), []);
  });

  it("is named by up, plan and audit where its host was, and removed by reconcile", async () => {
    const running = await startUntilWritten();
    killAlone(findDescendant(running.pid, HOST));
    assertFailed(await running.result);
    azure.release();
    await stack.declare([delmas]);

    const up = await stack.up();
    assertSucceeded(up);
    assert.match(up.stdout, /\[CSP_WRITES_LEFT\]/);
    assertLive(azure, [delmas, garance]);
    const plan = await runCommand(ours(), "plan", "--stack", "test");
    assert.match(plan.stderr, /\[CSP_WRITES_LEFT\].*No state holds them/);
    const audit = await runCommand(ours(), "audit", "--stack", "test");
    assert.equal(audit.code, 7);
    assert.match(audit.stdout, /A run that was interrupted registered/);

    assertSucceeded(await startOurs().result);

    assertLive(azure, [delmas]);
    assert.deepEqual(await notes(), []);
    assert.doesNotMatch((await stack.up()).stdout, /CSP_WRITES_LEFT/);
  });

  it("is forgotten by the next up, which declares it again and holds it", async () => {
    const running = await startUntilWritten({ PULUMI_SKIP_CHECKPOINTS: "true" });
    killAlone(findDescendant(running.pid, HOST));
    assertFailed(await running.result);
    azure.release();
    assertSucceeded(await stack.up());
    assert.equal((await notes()).length, 1);

    assertSucceeded(await stack.up());

    assert.deepEqual(await notes(), []);
  });

  it("names the host that outlives its engine, for which a reconcile right behind waits, without a hand", async () => {
    const running = await startUntilWritten({ PULUMI_SKIP_CHECKPOINTS: "true" });
    const host = findDescendant(running.pid, HOST);
    killAlone(running.pid);
    await running.result;
    await stack.declare([delmas]);

    const next = startOurs();
    await next.says(`Process ${host} `);
    assert.ok(isAlive(host));
    azure.release();

    assertSucceeded(await next.result);
    assertLive(azure, [delmas]);
    assert.deepEqual(await notes(), []);
  });
});

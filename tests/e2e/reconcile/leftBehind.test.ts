import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { delmas, garance, horizon, mappingOf, marchal, paris, vasseur } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import { assertFailed, assertLive, assertSucceeded, createTenantStack } from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { type CommandPlace, reconcile, startReconcile } from "./support/reconcileCommand.ts";

const perRegistration = ["--stack", "test", "--stack-per-registration"];

describe("what a reconcile left that did not come to its end", () => {
  let azure: HoldingEmulator;
  let list: ListFolder;
  let backend: string;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    list = await createListFolder(azure, [delmas, garance]);
    backend = fileURLToPath(list.env.PULUMI_BACKEND_URL ?? "");
  });

  afterEach(async () => {
    azure.release();
    await list.remove();
    await azure.close();
  });

  it("stays protected, and stops the next run where its row is gone", async () => {
    const stack = await createTenantStack({ azure, rows: [delmas, garance] });
    try {
      const program = join(stack.program, "index.ts");
      const text = await readFile(program, "utf8");
      const protectedText = text.replace(
        "guardFromConfig(config) });",
        "guardFromConfig(config) }, { protect: true });",
      );
      assert.notEqual(protectedText, text);
      await writeFile(program, protectedText);
      const place = { folder: stack.program, env: stack.env };
      await killAt(place, 2, "--stack", "test");
      await stack.declare([garance]);

      assert.match(assertFailed(await reconcile(place, "--stack", "test", "--max-removals", "1")), /protect/);

      assertLive(azure, [delmas, garance]);
    } finally {
      await stack.remove();
    }
  });

  it("is counted by the guard in the stacks of single registrations, too", async () => {
    await list.declare([delmas, garance, horizon, marchal, vasseur]);
    await killAt(list, 5, ...perRegistration);
    await list.declare([vasseur]);

    const stopped = await reconcile(list, ...perRegistration, "--max-removals", "1");

    assert.equal(stopped.code, 5, assertFailed(stopped));
    assertLive(azure, [delmas, garance, horizon, marchal, vasseur]);
  });

  it("stays with the stack that manages it by now", async () => {
    await list.declare([delmas]);
    await killAt(list, 1, "--stack", "test");
    const other = await createListFolder(azure, [delmas]);
    try {
      const place = { folder: other.folder, env: list.env };
      assertSucceeded(await reconcile(place, "--stack", "production"));
      await list.declare([garance]);

      const run = await reconcile(list, "--stack", "test");

      assertSucceeded(run);
      assert.match(run.stderr, /belongs to stack production by now/);
      assertLive(azure, [delmas, garance]);
    } finally {
      await other.remove();
    }
  });

  it("is nothing where the run failed before its first write, whoever registers the same later", async () => {
    await list.declare([delmas]);
    azure.addFault({ match: { method: "PUT" }, what: { status: 403, code: "AuthorizationFailed" } });
    assertFailed(await reconcile(list, "--stack", "test"));
    azure.clearFaults();
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));
    await list.declare([garance]);

    assertSucceeded(await reconcile(list, "--stack", "test"));

    assertLive(azure, [delmas, garance]);
  });

  it("is known from the state where the journal is lost", async () => {
    const place = { ...list, env: { ...list.env, PULUMI_SKIP_CHECKPOINTS: "false" } };
    await killAt(place, 2, "--stack", "test");
    for (const folder of ["azurestack-csp", "locks"]) await rm(join(backend, ".pulumi", folder), { recursive: true });
    await list.declare([garance]);

    assertSucceeded(await reconcile(place, "--stack", "test", "--max-removals", "1"));

    assertLive(azure, [garance]);
  });

  it("is found under any spelling of the stack's name", async () => {
    await killAt(list, 2, "--stack", "test");
    await list.declare([garance]);

    assertSucceeded(await reconcile(list, "--stack", "organization/azurestack-csp/test", "--max-removals", "1"));

    assertLive(azure, [garance]);
  });

  it("is no stack where the checks refused the run, or nobody confirmed it", async () => {
    const unconfirmed = await runCommand({ cwd: list.folder, env: list.env }, "reconcile", "--stack", "test");
    assert.equal(unconfirmed.code, 2, unconfirmed.stderr);
    assert.deepEqual(await stacks(), []);

    azure.facts.putCustomerSubscription(mappingOf(paris, { ...delmas, customerSubscriptionId: marchal.tenantId }));
    assertFailed(await reconcile(list, "--stack", "test"));
    assert.deepEqual(await stacks(), []);
  });

  async function stacks(): Promise<readonly string[]> {
    const files = await readdir(join(backend, ".pulumi"), { recursive: true });
    return files.filter((file) => file.startsWith("stacks") && file.endsWith(".json"));
  }

  async function killAt(place: CommandPlace, nth: number, ...args: readonly string[]): Promise<void> {
    const reached = azure.hold({ match: { method: "PUT" }, nth, when: "afterCommit" });
    const running = startReconcile(place, ...args);
    await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
    killTree(running.pid);
    await running.result;
    azure.release();
  }
});

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { createListFolder, type ListFolder } from "../../e2e/reconcile/support/listFolder.ts";
import { type CommandPlace, reconcile, startReconcile } from "../../e2e/reconcile/support/reconcileCommand.ts";
import { delmas, garance, horizon, paris } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import type { RunningCommand } from "../../support/pulumiCommand.ts";
import { assertLive, assertSucceeded, createTenantStack, writesOf } from "../../support/tenantStack.ts";
import { createHeldPulumi, type HeldPulumi } from "./heldPulumi.ts";

const perRegistration = ["--stack", "test", "--stack-per-registration"];

describe("a reconcile, killed between Azure and the state", () => {
  let azure: HoldingEmulator;
  let list: ListFolder;
  let pulumi: HeldPulumi;
  let place: CommandPlace;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    list = await createListFolder(azure, [delmas, garance]);
    pulumi = await createHeldPulumi(dirname(list.folder), list.env);
    place = { folder: list.folder, env: pulumi.env };
  });

  afterEach(async () => {
    azure.release();
    await list.remove();
    await azure.close();
  });

  it("while its program is previewed, has changed nothing, and the next run completes the list", async () => {
    const stack = await createTenantStack({ azure, rows: [delmas, garance] });
    try {
      const beside = { folder: stack.program, env: stack.env };
      const reached = azure.hold({ match: { operation: "CustomerSubscriptions_List" }, nth: 2 });
      await killAt(reached, startReconcile(beside, "--stack", "test"));
      azure.release();
      assertLive(azure, []);

      assertSucceeded(await reconcile(beside, "--stack", "test"));

      assertLive(azure, [delmas, garance]);
    } finally {
      await stack.remove();
    }
  });

  it("while it refreshes, mends in the next run what somebody else removed", async () => {
    assertSucceeded(await reconcile(place, "--stack", "test"));
    azure.facts.deleteCustomerSubscription({ ...paris, customerSubscriptionId: delmas.customerSubscriptionId });
    await killAt(pulumi.hold("refresh"), startReconcile(place, "--stack", "test"));

    assertSucceeded(await reconcile(place, "--stack", "test"));

    assertLive(azure, [delmas, garance]);
    await assertSettled();
  });

  it("while it asks what a killed run left, leaves it to the next run", async () => {
    await killAmongWrites();
    await list.declare([garance, horizon]);
    const reached = azure.hold({ match: { operation: "CustomerSubscriptions_Get" } });
    await killAt(reached, startReconcile(place, "--stack", "test"));
    azure.release();

    assertSucceeded(await reconcile(place, "--stack", "test"));

    assertLive(azure, [garance, horizon]);
    await assertSettled();
  });

  it("before it takes into the state what a killed run left, leaves it to the next run", async () => {
    await killAmongWrites();
    await list.declare([garance, horizon]);
    await killAt(pulumi.hold("stack import"), startReconcile(place, "--stack", "test"));

    assertSucceeded(await reconcile(place, "--stack", "test"));

    assertLive(azure, [garance, horizon]);
    await assertSettled();
  });

  for (const [title, split, unite] of [
    ["before a stack has taken mappings over", "stack import --stack test.paris", "stack import --stack test "],
    ["when both stacks hold them", "stack import --stack test ", "stack import --stack test.paris"],
  ] as const) {
    it(`${title}, is finished by the next run, without a write to Azure`, async () => {
      assertSucceeded(await reconcile(place, "--stack", "test"));
      azure.resetJournal();
      await killAt(pulumi.hold(split), startReconcile(place, ...perRegistration));
      assertSucceeded(await reconcile(place, ...perRegistration));
      await killAt(pulumi.hold(unite), startReconcile(place, "--stack", "test"));

      assertSucceeded(await reconcile(place, "--stack", "test"));

      assert.deepEqual(writesOf(azure), []);
      assertLive(azure, [delmas, garance]);
    });
  }

  async function killAmongWrites(): Promise<void> {
    const reached = azure.hold({ match: { method: "PUT" }, nth: 2, when: "afterCommit" });
    await killAt(reached, startReconcile(place, "--stack", "test"));
    azure.release();
  }

  async function killAt(reached: Promise<void>, running: RunningCommand): Promise<void> {
    await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
    killTree(running.pid);
    await running.result;
  }

  async function assertSettled(): Promise<void> {
    azure.resetJournal();
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assert.deepEqual(writesOf(azure), []);
  }
});

import assert from "node:assert/strict";
import {
  type Customer,
  delmas,
  garance,
  grenoble,
  grenobleSecond,
  horizon,
  mappingOf,
  marchal,
  paris,
  vasseur,
} from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

const everybody = [delmas, garance, horizon, marchal, vasseur];
const staying = [delmas, garance, horizon];
const up = ["up", "--yes", "--skip-preview"];

/** Mappings that the state holds and that are not live, of which the engine alone would see nothing. */
describe("mappings that were lost", () => {
  let azure: HoldingEmulator;
  let stack: TenantStack;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    stack = await createTenantStack({ azure, rows: everybody });
    assertSucceeded(await stack.up());
    azure.resetJournal();
  });

  afterEach(async () => {
    azure.release();
    await stack.remove();
    await azure.close();
  });

  for (const [title, env] of [
    ["a run that was killed while Azure answered its removals", {}],
    ["such a run that writes its state at the end alone", { PULUMI_SKIP_CHECKPOINTS: "true" }],
  ] as const) {
    it(`come back after ${title}, where the list has their rows again`, async () => {
      await killInRemovals(env);
      assertLive(azure, staying);
      await stack.declare(everybody);

      const preview = await stack.preview("--expect-no-changes");
      assert.match(assertFailed(preview), /[12] to update/);
      const completed = await stack.run(up, env);

      assertSucceeded(completed);
      assert.match(`${completed.stdout}${completed.stderr}`, /Tenant \S+ is not mapped to customer subscription/);
      assertLive(azure, everybody);
      await assertUnchanged();
    });
  }

  it("come back where somebody has removed one by hand, without a refresh", async () => {
    remove(horizon);

    assertSucceeded(await stack.up());

    assert.deepEqual(writesOf(azure), [`PUT ${horizon.customerSubscriptionId}`]);
    assertLive(azure, everybody);
    await assertUnchanged();
  });

  it("are not taken back from another customer subscription of their tenant", async () => {
    await stack.declare([...everybody, grenoble]);
    assertSucceeded(await stack.up());
    azure.facts.putCustomerSubscription(mappingOf(paris, grenobleSecond));

    assert.match(assertFailed(await stack.up()), /\[CSP_TENANT_MAPPED_ELSEWHERE\]/);

    assertLive(azure, [...everybody, grenobleSecond]);
  });

  it("stay unseen where the checks are switched off, until a refresh", async () => {
    assertSucceeded(await stack.run(["config", "set", "liveChecks", "false"]));
    remove(horizon);

    assertSucceeded(await stack.up("--expect-no-changes"));
    assertSucceeded(await stack.up("--refresh"));

    assertLive(azure, everybody);
  });

  it("are no loss where a list only lags", async () => {
    azure.addFault({ match: { operation: "CustomerSubscriptions_List" }, what: { staleList: "empty" } });

    assertSucceeded(await stack.up("--expect-no-changes"));

    assert.deepEqual(writesOf(azure), []);
  });

  /** Takes two rows out, and kills the run when both removals have reached Azure; the first one to a Hub goes alone. */
  async function killInRemovals(env: Readonly<Record<string, string>>): Promise<void> {
    await stack.declare(staying);
    const reached = azure.hold({ match: { method: "DELETE" }, nth: 2, when: "afterCommit" });
    const { pid, result } = stack.start(up, env);
    await reached;
    killTree(pid);
    await result;
    azure.release();
    await stack.run(["cancel", "--yes"]);
  }

  /** A run changes nothing, asks no more than it did before, and the state holds nothing of what was live. */
  async function assertUnchanged(): Promise<void> {
    azure.resetJournal();
    assertSucceeded(await stack.up("--expect-no-changes"));
    const asked = azure.journal().filter(({ kind }) => kind === "request");
    assert.deepEqual(asked.map(({ operation }) => operation).sort(), [
      "CustomerSubscriptions_List",
      "Registrations_Get",
    ]);
    assertSucceeded(await stack.up("--refresh", "--expect-no-changes"));
    const { resources = [] } = (await stack.exportState()).deployment;
    const guard = resources.find(({ type }) => type.endsWith(":TenantListGuard"));
    assert.deepEqual(Object.keys(guard?.inputs ?? {}).sort(), ["__provider", "mappings", "maxMoves", "maxRemovals"]);
  }

  function remove(customer: Customer): void {
    azure.facts.deleteCustomerSubscription(mappingOf(paris, customer));
  }
});

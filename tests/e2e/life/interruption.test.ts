import assert from "node:assert/strict";
import type { FaultPlace, FaultRule } from "@azurestack-csp/emulator";
import { delmas, garance, horizon, marchal } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
} from "../../support/tenantStack.ts";

const up = ["up", "--yes", "--skip-preview"];

/** Where a run is when it is killed. */
const moments: readonly { readonly title: string; readonly method: string; readonly when: FaultPlace }[] = [
  { title: "before the first registration was written", method: "PUT", when: "before" },
  { title: "when a registration was written and not yet answered", method: "PUT", when: "afterCommit" },
  { title: "when a removal was carried out and not yet answered", method: "DELETE", when: "afterCommit" },
];

describe("an up that does not come to its end", () => {
  let azure: HoldingEmulator;
  let stack: TenantStack;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance] });
  });

  afterEach(async () => {
    azure.release();
    await stack.remove();
    await azure.close();
  });

  it("winds up what it has begun when it is interrupted, and the next one completes the list", async () => {
    const reached = azure.hold({ match: { method: "PUT" }, nth: 2 });
    const running = stack.start(up);
    await reached;

    running.kill("SIGINT");
    azure.release();

    assertFailed(await running.result);
    await assertRecovers();
  });

  for (const { title, method, when } of moments) {
    it(`is completed by the next one when it is killed ${title}`, async () => {
      if (method === "DELETE") await registerOthersFirst();

      await kill({ match: { method }, when });

      await assertRecovers();
    });
  }

  it("is completed by the next one when it is killed and had not written its state once", async () => {
    const env = { PULUMI_SKIP_CHECKPOINTS: "true" };

    await kill({ match: { method: "PUT" }, nth: 2, when: "afterCommit" }, env);

    assert.deepEqual(await stack.customerSubscriptions(), []);
    await assertRecovers(env);
  });

  async function kill(rule: Omit<FaultRule, "what">, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const reached = azure.hold(rule);
    const running = stack.start(up, env);
    await reached;
    killTree(running.pid);
    const { code } = await running.result;
    azure.release();
    assert.equal(code, null);
  }

  async function registerOthersFirst(): Promise<void> {
    await stack.declare([horizon, marchal]);
    assertSucceeded(await stack.up());
    await stack.declare([delmas, garance]);
  }

  async function assertRecovers(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await stack.run(["cancel", "--yes"]);
    assertSucceeded(await stack.run(up, env));
    assertLive(azure, [delmas, garance]);
    assertSucceeded(await stack.up("--refresh", "--expect-no-changes"));
  }
});

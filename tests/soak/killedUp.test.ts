import type { FaultPlace } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, grenobleSecond, horizon, marchal } from "../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../support/heldRequest.ts";
import { killTree } from "../support/killTree.ts";
import { assertLive, assertSucceeded, createTenantStack, type Row, type TenantStack } from "../support/tenantStack.ts";

const up = ["up", "--yes", "--skip-preview"];

/** Two lists, between which customers come, go and move. */
const one: readonly Row[] = [delmas, grenoble, marchal];
const other: readonly Row[] = [grenobleSecond, marchal, garance, horizon];

for (const when of ["before", "afterCommit"] as const) {
  describe(`an up, killed at each of its requests (${when})`, () => {
    let azure: HoldingEmulator;
    let stack: TenantStack;

    before(async () => {
      azure = await createHoldingEmulator();
      stack = await createTenantStack({ azure, rows: one });
    });

    after(async () => {
      azure.release();
      await stack.remove();
      await azure.close();
    });

    it("is completed by the next one", async () => {
      for (let nth = 1, isReached = true; isReached; nth += 1) {
        await apply(one);
        await stack.declare(other);
        isReached = await killAt(nth, when);
        await stack.run(["cancel", "--yes"]);
        await apply(other);
        assertSucceeded(await stack.up("--refresh", "--expect-no-changes"));
      }
    });

    /** Gives back whether the run came that far. */
    async function killAt(nth: number, when: FaultPlace): Promise<boolean> {
      const reached = azure.hold({ match: { path: "/Microsoft.AzureStack/" }, nth, when });
      const running = stack.start(up);
      const isReached = await Promise.race([reached.then(() => true), running.result.then(() => false)]);
      if (isReached) killTree(running.pid);
      const result = await running.result;
      azure.release();
      if (!isReached) assertSucceeded(result);
      return isReached;
    }

    async function apply(rows: readonly Row[]): Promise<void> {
      await stack.declare(rows);
      assertSucceeded(await stack.up());
      assertLive(azure, rows);
    }
  });
}

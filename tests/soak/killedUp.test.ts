import { createHoldingEmulator, type HoldingEmulator } from "../support/heldRequest.ts";
import { assertLive, assertSucceeded, createTenantStack, type Row, type TenantStack } from "../support/tenantStack.ts";
import { killAtEach, listBefore, listWanted, places } from "./killAtEach.ts";

describe("an up", () => {
  let azure: HoldingEmulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createHoldingEmulator();
    stack = await createTenantStack({ azure, rows: listBefore });
  });

  after(async () => {
    azure.release();
    await stack.remove();
    await azure.close();
  });

  for (const { place, rule } of places) {
    it(`killed at ${place}, is completed by the next one`, async () => {
      await killAtEach({
        azure,
        rule,
        prepare: async () => {
          await apply(listBefore);
          await stack.declare(listWanted);
        },
        start: () => stack.start(["up", "--yes", "--skip-preview"]),
        recover: async () => {
          await stack.run(["cancel", "--yes"]);
          await apply(listWanted);
          assertSucceeded(await stack.up("--refresh", "--expect-no-changes"));
        },
      });
    });
  }

  async function apply(rows: readonly Row[]): Promise<void> {
    await stack.declare(rows);
    assertSucceeded(await stack.up());
    assertLive(azure, rows);
  }
});

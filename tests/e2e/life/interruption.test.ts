import { delmas, garance } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
} from "../../support/tenantStack.ts";

const up = ["up", "--yes", "--skip-preview"];

describe("an up that is interrupted", () => {
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

  it("winds up what it has begun, and the next one completes the list", async () => {
    const reached = azure.hold({ match: { method: "PUT" }, nth: 2 });
    const running = stack.start(up);
    await reached;

    running.kill("SIGINT");
    azure.release();

    assertFailed(await running.result);
    assertSucceeded(await stack.run(up));
    assertLive(azure, [delmas, garance]);
    assertSucceeded(await stack.up("--refresh", "--expect-no-changes"));
  });
});

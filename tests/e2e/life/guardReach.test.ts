import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, horizon } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
} from "../../support/tenantStack.ts";

/** What docs/guard.md says of each command, on a list that has lost three of four rows. */
describe("the reach of the guard", () => {
  let azure: Emulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance, horizon, grenoble], guarded: true });
    assertSucceeded(await stack.up());
    await stack.declare([grenoble]);
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  it("covers an up that is to go on after errors", async () => {
    assert.match(assertFailed(await stack.up("--continue-on-error")), /\[CSP_GUARD_REMOVALS\] 3 of 4 /);

    assertLive(azure, [delmas, garance, horizon, grenoble]);
  });

  it("does not cover an up whose target is somebody's resource", async () => {
    const rows = await stack.customerSubscriptions();
    const { urn } = rows.find(({ urn }) => urn.endsWith(delmas.tenantId)) ?? {};
    assert.ok(urn);

    assertSucceeded(await stack.up("--target", urn));

    assertLive(azure, [garance, horizon, grenoble]);
  });

  it("does not cover a destroy, which runs the program or not", async () => {
    assertSucceeded(await stack.destroy("--run-program"));

    assertLive(azure, []);
  });
});

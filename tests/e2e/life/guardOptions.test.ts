import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, horizon } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

/** Options of Pulumi's that a guarded list meets, beside those in guardReach.test.ts. */
describe("the guard, and what Pulumi is asked for", () => {
  const everybody = [delmas, garance, horizon, grenoble];
  let azure: Emulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: everybody, guarded: true });
    assertSucceeded(await stack.up());
    await stack.declare([grenoble]);
    azure.resetJournal();
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  it("stops an up that refreshes first, before the first removal", async () => {
    assert.match(assertFailed(await stack.up("--refresh")), /\[CSP_GUARD_REMOVALS\] 3 of 4 /);

    assert.deepEqual(writesOf(azure), []);
  });

  it("is not needed in a refresh, which writes nothing", async () => {
    assertSucceeded(await stack.refresh());

    assert.deepEqual(writesOf(azure), []);
    assert.equal((await stack.customerSubscriptions()).length, everybody.length);
  });

  it("is not asked by up --exclude on itself", async () => {
    assertSucceeded(await stack.up("--exclude", await urnOf("::tenants-guard")));

    assertLive(azure, [grenoble]);
  });

  async function urnOf(end: string): Promise<string> {
    const { resources = [] } = (await stack.exportState()).deployment;
    const urn = resources.find((resource) => resource.urn.endsWith(end))?.urn;
    assert.ok(urn, `No resource of the state ends with ${end}.`);
    return urn;
  }
});

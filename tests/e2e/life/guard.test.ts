import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, grenobleSecond, horizon } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

describe("a list that has lost most of its rows", () => {
  let azure: Emulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance, horizon, grenoble], guarded: true });
    assertSucceeded(await stack.up());
    await stack.declare([grenobleSecond]);
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  beforeEach(() => azure.resetJournal());

  it("stops a preview", async () => {
    assert.match(assertFailed(await stack.preview()), /\[CSP_GUARD_REMOVALS\] 3 of 4 /);
  });

  it("stops an up before it removes or moves anybody", async () => {
    assert.match(assertFailed(await stack.up()), /\[CSP_GUARD_REMOVALS\] 3 of 4 /);

    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, garance, horizon, grenoble]);
  });

  it("stops an up before it takes so much as a date into the state", async () => {
    await stack.declare([{ ...delmas, retainUntil: "9999-12-30" }, grenobleSecond]);

    assert.match(assertFailed(await stack.up()), /\[CSP_GUARD_REMOVALS\] 2 of 4 /);

    const kept = await stack.customerSubscriptions();
    assert.ok(kept.every(({ outputs = {} }) => !("retainUntil" in outputs)));
    await stack.declare([grenobleSecond]);
  });

  it("is carried out where exactly these removals are confirmed", async () => {
    await stack.run(["config", "set", "confirmedRemovals", "3"]);
    await stack.run(["config", "set", "confirmedMoves", "1"]);

    assertSucceeded(await stack.up());

    assertLive(azure, [grenobleSecond]);
  });
});

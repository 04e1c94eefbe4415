import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Customer, delmas, garance, horizon, marchal, paris, vasseur } from "../../support/customers.ts";
import { createHoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
} from "../../support/tenantStack.ts";

const everybody = [delmas, garance, horizon, marchal, vasseur];

describe("a guard that remembers less than the stack manages", () => {
  let stack: TenantStack;

  beforeEach(async () => {
    stack = await createTenantStack({ rows: everybody, guarded: true });
    assertSucceeded(await stack.run(["config", "set", "maxRemovals", "1"]));
    assertSucceeded(await stack.up());
  });

  afterEach(() => stack.remove());

  it("lets no more through at once than its limit, after removals that failed run by run", async () => {
    stack.azure.addFault({ match: { method: "DELETE" }, what: { status: 409, code: "ScopeLocked" } });
    for (const row of [1, 2, 3]) {
      await stack.declare(everybody.slice(row));
      assert.match(assertFailed(await stack.up()), /\[CSP_SCOPE_LOCKED\]/);
    }
    stack.azure.clearFaults();

    for (const options of [[], ["--continue-on-error"]]) {
      const before = live().length;
      assert.match(assertFailed(await stack.up(...options)), /\[CSP_GUARD_REMOVAL_STOPPED\]/);
      assert.equal(live().length, before - 1);
    }

    assertSucceeded(await stack.up());
    assertLive(stack.azure, everybody.slice(3));
  });

  it("holds under a component that was renamed, until the number is confirmed", async () => {
    const program = join(stack.program, "index.ts");
    const text = await readFile(program, "utf8");
    await writeFile(program, text.replace('TenantRegistrations("tenants"', 'TenantRegistrations("customers"'));
    await stack.declare([vasseur]);

    assert.match(assertFailed(await stack.up()), /\[CSP_GUARD_REMOVAL_STOPPED\].* removed 1 already/);
    assert.equal(live().length, everybody.length - 1);

    assertSucceeded(await stack.up("--config", "confirmedRemovals=3"));
    assertLive(stack.azure, [vasseur]);
  });

  function live(): readonly Customer[] {
    const ids = stack.azure.facts.customerSubscriptions(paris).map((mapping) => mapping.customerSubscriptionId);
    return everybody.filter(({ customerSubscriptionId }) => ids.includes(customerSubscriptionId));
  }
});

describe("a guard that remembers more than was registered", () => {
  let stack: TenantStack;

  afterEach(() => stack.remove());

  it("does not count customers whose registration was refused, and counts the others", async () => {
    stack = await createTenantStack({ rows: everybody, guarded: true });
    for (const { customerSubscriptionId: path } of [marchal, vasseur])
      stack.azure.addFault({ match: { method: "PUT", path }, what: { status: 400, code: "BadRequest" } });
    assertFailed(await stack.up("--continue-on-error"));
    stack.azure.clearFaults();
    assertLive(stack.azure, [delmas, garance, horizon]);

    await stack.declare([delmas]);
    assert.match(assertFailed(await stack.up()), /\[CSP_GUARD_REMOVALS\] 2 of 3 /);

    await stack.declare([delmas, garance]);
    assertSucceeded(await stack.up());
    assertLive(stack.azure, [delmas, garance]);
  });

  it("does not count the customers of a first run that was killed before it had registered them", async () => {
    const azure = await createHoldingEmulator();
    try {
      stack = await createTenantStack({ azure, rows: everybody, guarded: true });
      // The program reads the list first; the provider does so right before its first registration.
      const reached = azure.hold({ match: { operation: "CustomerSubscriptions_List" }, nth: 2 });
      const { pid, result } = stack.start(["up", "--yes", "--skip-preview"]);
      await reached;
      killTree(pid);
      await result;
      azure.release();
      await stack.run(["cancel", "--yes"]);

      await stack.declare([delmas]);
      assertSucceeded(await stack.up());

      assertLive(azure, [delmas]);
    } finally {
      azure.release();
      await azure.close();
    }
  });
});

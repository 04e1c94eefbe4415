import assert from "node:assert/strict";
import { delmas, garance, grenoble, grenobleSecond, horizon } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

const everybody = [delmas, garance, horizon, grenoble];

describe("a list that has lost most of its rows", () => {
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ rows: everybody, guarded: true });
    assertSucceeded(await stack.up());
    await stack.declare([grenobleSecond]);
    stack.azure.resetJournal();
  });

  after(() => stack.remove());

  it("stops a preview", async () => {
    assert.match(assertFailed(await stack.preview()), /\[CSP_GUARD_REMOVALS\] 3 of 4 /);
  });

  for (const options of [[], ["--continue-on-error"], ["--refresh"]]) {
    it(`stops ${["an up", ...options].join(" ")} before it removes or moves anybody`, async () => {
      assert.match(assertFailed(await stack.up(...options)), /\[CSP_GUARD_REMOVALS\] 3 of 4 /);

      assert.deepEqual(writesOf(stack.azure), []);
      assertLive(stack.azure, everybody);
    });
  }

  it("stops an up before it takes so much as a date into the state", async () => {
    await stack.declare([{ ...delmas, retainUntil: "9999-12-30" }, grenobleSecond]);

    assert.match(assertFailed(await stack.up()), /\[CSP_GUARD_REMOVALS\] 2 of 4 /);

    const kept = await stack.customerSubscriptions();
    assert.ok(kept.every(({ outputs = {} }) => !("retainUntil" in outputs)));
    await stack.declare([grenobleSecond]);
  });

  it("is carried out where exactly these removals are confirmed", async () => {
    const confirmed = ["--config", "confirmedRemovals=3", "--config", "confirmedMoves=1"];

    assertSucceeded(await stack.up(...confirmed));

    assertLive(stack.azure, [grenobleSecond]);
  });
});

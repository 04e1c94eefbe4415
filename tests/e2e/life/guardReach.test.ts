import assert from "node:assert/strict";
import { delmas, garance, grenoble, horizon } from "../../support/customers.ts";
import {
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

/** What docs/what-stops-what.md says that passes the guard, on a list that has lost three of four rows. */
describe("the reach of the guard", () => {
  const everybody = [delmas, garance, horizon, grenoble];
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ rows: everybody, guarded: true });
    assertSucceeded(await stack.up());
    await stack.declare([grenoble]);
    stack.azure.resetJournal();
  });

  after(() => stack.remove());

  it("is not needed in a refresh, which writes nothing", async () => {
    assertSucceeded(await stack.refresh());

    assert.deepEqual(writesOf(stack.azure), []);
    assert.equal((await stack.customerSubscriptions()).length, everybody.length);
  });

  it("does not cover an up whose target is somebody's resource", async () => {
    assertSucceeded(await stack.up("--target", await urnOf(delmas.tenantId)));

    assertLive(stack.azure, [garance, horizon, grenoble]);
  });

  it("does not cover an up that leaves the guard out", async () => {
    assertSucceeded(await stack.up("--exclude", await urnOf("::tenants-guard")));

    assertLive(stack.azure, [grenoble]);
    const { resources = [] } = (await stack.exportState()).deployment;
    const guard = resources.find(({ type }) => type.endsWith(":TenantListGuard"));
    assert.ok(guard && !("live" in (guard.inputs ?? {})), "what was live has come into the state");
  });

  it("does not cover a destroy, be it of what the program declares", async () => {
    assertSucceeded(await stack.destroy("--run-program"));

    assertLive(stack.azure, []);
  });

  async function urnOf(end: string): Promise<string> {
    const { resources = [] } = (await stack.exportState()).deployment;
    const urn = resources.find((resource) => resource.urn.endsWith(end))?.urn;
    assert.ok(urn, `No resource of the state ends with ${end}.`);
    return urn;
  }
});

import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";
import { reconcile } from "./support/reconcileCommand.ts";

const exitCodes = { input: 3, failed: 8 };

describe("azurestack-csp reconcile of a list that has lost a row", () => {
  let azure: Emulator;
  let stack: TenantStack;

  before(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, { ...garance, retainUntil: "9999-12-30" }] });
    assertSucceeded(await stack.up());
    azure.resetJournal();
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  afterEach(() => {
    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, garance]);
  });

  const place = () => ({ folder: stack.program, env: stack.env });

  it("stops at its checks where retainUntil keeps the row", async () => {
    await stack.declare([delmas]);

    const stopped = await reconcile(place());

    assert.match(assertFailed(stopped), /\[CSP_RETAINED\]/);
    assert.equal(stopped.code, exitCodes.input);
  });

  it("stops at its preview where protect keeps the row", async () => {
    await stack.declare([{ ...garance, retainUntil: "9999-12-30" }]);
    const rows = await stack.customerSubscriptions();
    const { urn = "" } = rows.find((row) => row.urn.endsWith(delmas.tenantId)) ?? {};
    assertSucceeded(await stack.run(["state", "protect", "--yes", urn]));

    const stopped = await reconcile(place());

    assert.match(assertFailed(stopped), /protect/);
    assert.equal(stopped.code, exitCodes.failed);
  });
});

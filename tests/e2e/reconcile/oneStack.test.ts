import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon } from "../../support/customers.ts";
import {
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";
import { type CommandPlace, reconcile } from "./support/reconcileCommand.ts";

describe("azurestack-csp reconcile, beside a program", () => {
  let azure: Emulator;
  let stack: TenantStack;
  let place: CommandPlace;

  beforeEach(async () => {
    azure = await createEmulator();
    stack = await createTenantStack({ azure, rows: [delmas, garance] });
    place = { folder: stack.program, env: stack.env };
  });

  afterEach(async () => {
    await stack.remove();
    await azure.close();
  });

  it("alternates with pulumi up on one stack, and neither has anything left to do after the other", async () => {
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assertLive(azure, [delmas, garance]);
    assertSucceeded(await stack.up("--expect-no-changes"));

    await stack.declare([delmas, horizon]);
    assertSucceeded(await stack.up());
    azure.resetJournal();
    assertSucceeded(await reconcile(place, "--stack", "test"));

    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, horizon]);
    assertSucceeded(await stack.preview("--expect-no-changes"));
  });
});

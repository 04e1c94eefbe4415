import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas } from "../../support/customers.ts";
import { assertLive, writesOf } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { startAtTerminal } from "./support/reconcileCommand.ts";

describe("a reconcile at a terminal", () => {
  let azure: Emulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    place = await createListFolder(azure, [delmas]);
  });

  afterEach(async () => {
    await place.remove();
    await azure.close();
  });

  it("applies no plan that is answered with Enter alone", async () => {
    const running = startAtTerminal(place, "--stack", "test");
    await running.shows("Apply this plan?");

    running.press("\r");

    const { code, stdout } = await running.result;
    assert.equal(code, 130, stdout);
    assert.match(stdout, /Nothing was changed\./);
    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, []);
  });
});

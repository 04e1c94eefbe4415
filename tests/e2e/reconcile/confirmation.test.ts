import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas } from "../../support/customers.ts";
import { readBackend, type StackFiles } from "../../support/stackFiles.ts";
import { assertLive, assertSucceeded, writesOf } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile, startAtTerminal } from "./support/reconcileCommand.ts";

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

  it("moves nothing between the states of stacks before it is answered, and all of it after a yes", async () => {
    assertSucceeded(await reconcile(place, "--stack", "test", "--stack-per-registration"));
    const before = await readBackend(place);

    const refused = startAtTerminal(place, "--stack", "test");
    await refused.shows("Apply this plan?");
    refused.press("n\r");
    const { code, stdout } = await refused.result;
    assert.equal(code, 130, stdout);
    assert.match(stdout, /1 of stack test\.paris to stack test/);
    assert.deepEqual(statesIn(await readBackend(place)), statesIn(before));

    const agreed = startAtTerminal(place, "--stack", "test");
    await agreed.shows("Apply this plan?");
    agreed.press("y\r");
    const done = await agreed.result;
    assert.equal(done.code, 0, done.stdout);
    assert.match(done.stdout, /1 mappings of stack test\.paris are in stack test now/);
  });

  it("asks once about the stacks of all registrations", async () => {
    const refused = startAtTerminal(place, "--stack", "test", "--stack-per-registration");
    await refused.shows("Apply this plan?");
    refused.press("\r");
    assert.equal((await refused.result).code, 130);
    assertLive(azure, []);

    const agreed = startAtTerminal(place, "--stack", "test", "--stack-per-registration");
    await agreed.shows("Apply this plan?");
    agreed.press("y\r");
    const { code, stdout } = await agreed.result;
    assert.equal(code, 0, stdout);
    assert.match(stdout, /test\.paris: 1 to onboard; .* Verified: 1 live as declared/);
    assertLive(azure, [delmas]);
  });

  it("applies no plan that is answered with Enter alone", async () => {
    const running = startAtTerminal(place, "--stack", "test");
    await running.shows("Apply this plan?");

    running.press("\r");

    const { code, stdout } = await running.result;
    assert.equal(code, 130, stdout);
    assert.match(stdout, /The plan was not applied\./);
    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, []);
  });
});

/** The states that a backend holds, by their files. */
function statesIn(backend: StackFiles["backend"]) {
  return Object.fromEntries([...backend].filter(([file]) => /stacks\/.*\.json$/.test(file)));
}

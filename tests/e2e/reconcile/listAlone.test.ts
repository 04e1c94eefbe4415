import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import {
  delmas,
  garance,
  horizon,
  mappingOf,
  marchal,
  paris,
  registrationIdOf,
  vasseur,
} from "../../support/customers.ts";
import { assertFailed, assertLive, assertSucceeded, writesOf } from "../../support/tenantStack.ts";
import { beginReconciled } from "./support/beginReconciled.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile } from "./support/reconcileCommand.ts";

const exitCodes = { input: 3, credentials: 4, guard: 5, drift: 7 };

describe("azurestack-csp reconcile, in a folder that holds nothing but a list", () => {
  let azure: Emulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    place = await createListFolder(azure, [delmas, garance]);
  });

  afterEach(async () => {
    await place.remove();
    await azure.close();
  });

  it("registers, moves nothing twice, removes what was taken out, and says what it did", async () => {
    const first = await reconcile(place, "--stack", "test", "--json");
    assertSucceeded(first);
    const { stack, verification } = JSON.parse(first.stdout) as { stack: string; verification: object };
    assert.equal(stack, "test");
    const extras = extrasOf(verification);
    assert.deepEqual(verification, { confirmed: 2, missing: [], remaining: [], extras, unverified: [], wrong: [] });
    assertLive(azure, [delmas, garance]);

    azure.resetJournal();
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assert.deepEqual(writesOf(azure), []);

    await place.declare([garance, horizon]);
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assertLive(azure, [garance, horizon]);
  });

  it("stops an emptied list with the guard's exit code, and goes on when the number is named", async () => {
    await place.declare([delmas, garance, horizon]);
    assertSucceeded(await reconcile(place, "--stack", "test"));
    await place.declare([vasseur]);

    const stopped = await reconcile(place, "--stack", "test");

    assert.equal(stopped.code, exitCodes.guard);
    assert.match(assertFailed(stopped), /\[CSP_GUARD_REMOVALS\]/);
    assertLive(azure, [delmas, garance, horizon]);
    assertSucceeded(await reconcile(place, "--stack", "test", "--max-removals", "3"));
    assertLive(azure, [vasseur]);
  });

  it("mends what somebody else removed", async () => {
    await beginReconciled(azure, place, "--stack", "test");
    azure.facts.deleteCustomerSubscription({ ...paris, customerSubscriptionId: delmas.customerSubscriptionId });

    assertSucceeded(await reconcile(place, "--stack", "test"));

    assertLive(azure, [delmas, garance]);
  });

  it("refuses what is mapped elsewhere before it writes anything", async () => {
    const other = { ...delmas, customerSubscriptionId: marchal.customerSubscriptionId };
    azure.facts.putCustomerSubscription(mappingOf(paris, other));
    azure.resetJournal();

    const refused = await reconcile(place, "--stack", "test");

    assert.equal(refused.code, exitCodes.input);
    assert.match(assertFailed(refused), /\[CSP_TENANT_MAPPED_ELSEWHERE\]/);
    assert.deepEqual(writesOf(azure), []);
  });

  it("settles after a failure what was carried out and answered with an error", async () => {
    await place.declare([garance]);
    const path = garance.customerSubscriptionId;
    const what = { status: 403, code: "AuthorizationFailed" };
    azure.addFault({ match: { method: "PUT", path }, when: "afterCommit", what });
    assertFailed(await reconcile(place, "--stack", "test"));
    assertLive(azure, [garance]);
    azure.clearFaults();
    await place.declare([delmas, horizon]);

    assertSucceeded(await reconcile(place, "--stack", "test"));

    assertLive(azure, [delmas, horizon]);
  });

  it("keeps what Azure says it has removed and still holds, and removes it with the next run", async () => {
    await beginReconciled(azure, place, "--stack", "test");
    await place.declare([garance]);
    azure.addFault({ match: { method: "DELETE" }, what: { status: 200 } });

    const untrue = await reconcile(place, "--stack", "test");

    assert.equal(untrue.code, 8, assertFailed(untrue));
    assert.match(untrue.stderr, /\[CSP_NOT_ARM\] .*a successful answer that holds an error\. Nothing counts as done/);
    assertLive(azure, [delmas, garance]);
    azure.clearFaults();
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assertLive(azure, [garance]);
  });

  it("says which Hub could not be read when it verified, with that error's exit code", async () => {
    await beginReconciled(azure, place, "--stack", "test");
    const what = { status: 403, code: "AuthorizationFailed" };
    azure.addFault({ match: { operation: "CustomerSubscriptions_List" }, after: 1, what });

    const { code, stdout, stderr } = await reconcile(place, "--stack", "test", "--json");

    assert.equal(code, exitCodes.credentials, stderr);
    const { verification } = JSON.parse(stdout) as {
      verification: { confirmed: number; unverified: { id: string }[] };
    };
    assert.equal(verification.confirmed, 0);
    assert.deepEqual(
      verification.unverified.map(({ id }) => id.toLowerCase()),
      [registrationIdOf(paris).toLowerCase()],
    );
  });

  it("fails on what is declared nowhere only where that is asked for", async () => {
    const { code, stderr } = await reconcile(place, "--stack", "test", "--fail-on-extras");

    assert.equal(code, exitCodes.drift);
    assert.match(stderr, /Live and declared nowhere: \/subscriptions\//);
    assertLive(azure, [delmas, garance]);
  });
});

/** The sample world has mappings that no test declares. */
function extrasOf(verification: object): unknown {
  return "extras" in verification ? verification.extras : undefined;
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator, type RegistrationPlace, type World } from "@azurestack-csp/emulator";
import { sampleWorld } from "../../../scripts/dev/emulatorProcess.ts";
import { type Customer, delmas, garance, lyon, paris, registrationIdOf } from "../../support/customers.ts";
import { assertFailed, assertSucceeded, writesOf } from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile } from "./support/reconcileCommand.ts";

/** Where Paris is registered anew, under another name. */
const anew: RegistrationPlace = { ...paris, name: "azurestack-hub-paris-2" };

/** The sample world, in which the Hub of Paris has two registrations; nobody is mapped on the second one. */
function worldWithBoth(): World {
  const world = JSON.parse(readFileSync(sampleWorld, "utf8")) as World;
  const registrations = world.registrations ?? [];
  const old = registrations.find(({ name }) => name === paris.name) ?? assert.fail();
  return { ...world, registrations: [...registrations, { ...old, name: anew.name, customerSubscriptions: [] }] };
}

describe("azurestack-csp reconcile of a registration that is gone", () => {
  let azure: Emulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator({ world: worldWithBoth() });
    place = await createListFolder(azure, [delmas, garance]);
    assertSucceeded(await reconcile(place, "--stack", "test"));
    azure.resetJournal();
  });

  afterEach(async () => {
    await place.remove();
    await azure.close();
  });

  const declare = (key: string, registration: RegistrationPlace, customers: readonly Customer[]) => {
    const tenants = customers.map((customer) => ({ ...customer, registrations: [key] }));
    const registrations = { [key]: { registrationId: registrationIdOf(registration) } };
    return writeFile(join(place.folder, "tenants.yaml"), JSON.stringify({ registrations, tenants }));
  };

  it("forgets what was on it, with a warning, where the list has it no more", async () => {
    azure.facts.deleteRegistration(paris);
    await declare("lyon", lyon, []);

    const plan = await runCommand(
      { cwd: place.folder, env: place.env },
      "plan",
      "--stack",
      "test",
      "--max-removals",
      "2",
    );
    const done = await reconcile(place, "--stack", "test", "--max-removals", "2");

    assert.equal(plan.code, 0, plan.stderr);
    assert.match(plan.stderr, /: warning: \[CSP_REGISTRATION_NOT_FOUND\] .*azurestack-hub-paris does not exist\./);
    assert.match(plan.stdout, /gone already/);
    assertSucceeded(done);
    assert.deepEqual(writesOf(azure), []);
  });

  for (const [what, isGone] of [
    ["is gone", true],
    ["is of the same Hub", false],
  ] as const) {
    it(`moves its customers to the one that the key names by now, by one number, where the old one ${what}`, async () => {
      if (isGone) azure.facts.deleteRegistration(paris);
      await declare("paris", anew, [delmas, garance]);

      const stopped = await reconcile(place, "--stack", "test");
      assert.equal(stopped.code, 5, assertFailed(stopped));
      assert.match(stopped.stderr, /\[CSP_HUB_REGISTERED_ANEW\].*\[CSP_GUARD_MOVES\] 2 of 2 .*--max-moves 2$/ms);

      const done = await reconcile(place, "--stack", "test", "--max-moves", "2");

      assertSucceeded(done);
      const writes = writesOf(azure).map((write) => write.split(" ")[0]);
      assert.deepEqual(writes, isGone ? ["PUT", "PUT"] : ["PUT", "PUT", "DELETE", "DELETE"]);
      assert.equal(azure.facts.customerSubscriptions(anew).length, 2);
    });
  }
});

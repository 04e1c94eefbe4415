import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createEmulator, type Emulator, loadWorld } from "@azurestack-csp/emulator";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import { registrationPath, sample } from "../emulator/support/sample.ts";
import { createEmulatedClients } from "./emulatedClients.ts";

const lyon = {
  registrationSubscriptionId: sample.lyon.subscriptionId,
  resourceGroup: sample.lyon.resourceGroup,
  registrationName: sample.lyon.name,
};

/** The actions of the role that people are told to paste. */
async function documentedActions(): Promise<readonly string[]> {
  const text = await readFile(new URL("../../docs/permissions.md", import.meta.url), "utf8");
  return JSON.parse(/```json\n(.*?)```/s.exec(text)?.[1] ?? "").Actions;
}

describe("docs/permissions.md", () => {
  let emulator: Emulator;

  async function start(grant: { readonly actions: readonly string[] } | { readonly role: string }) {
    const world = await loadWorld(undefined);
    const assignment = { principalId: sample.csp.objectId, scope: registrationPath(sample.lyon), ...grant };
    emulator = await createEmulator({ world: { ...world, roleAssignments: [assignment] } });
    return createEmulatedClients(emulator).registrations;
  }

  afterEach(() => emulator.close());

  it("gives a role that is enough for everything, assigned on the registration alone", async () => {
    const client = await start({ actions: await documentedActions() });
    const id = { registration: lyon, customerSubscriptionId: sample.delmas.subscriptionId };
    await client.getRegistration(lyon);
    await client.listCustomerSubscriptions(lyon);
    await client.putCustomerSubscription(id, sample.delmas.tenantId);
    await client.getCustomerSubscription(id);
    const [lock] = await client.listLocks(lyon);
    assert.equal(lock?.name, "RegistrationResourceLock");
    emulator.facts.deleteLock({ name: lock.name, scope: lock.scope });
    assert.equal(await client.deleteCustomerSubscription(id), "deleted");
  });

  it("says that the error of a locked removal cannot name the lock without the right to read it", async () => {
    const actions = await documentedActions();
    const client = await start({ actions: actions.filter((action) => !action.includes("/locks/")) });
    const id = { registration: lyon, customerSubscriptionId: sample.alpes.subscriptionId };
    await assert.rejects(client.deleteCustomerSubscription(id), (error) => {
      assert(hasCode(error, "CSP_SCOPE_LOCKED"));
      assert.match(error.message, /may not read \(Microsoft\.Authorization\/locks\/read\)/);
      return true;
    });
  });

  for (const role of ["Reader", "Azure Stack Registration Owner"]) {
    it(`says that ${role} is not enough to register a customer`, async () => {
      const client = await start({ role });
      const id = { registration: lyon, customerSubscriptionId: sample.delmas.subscriptionId };
      await assert.rejects(client.putCustomerSubscription(id, sample.delmas.tenantId), (error) =>
        hasCode(error, "CSP_NOT_AUTHORIZED"),
      );
    });
  }
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { lyon, paris, registrationIdOf } from "../../support/customers.ts";
import { createStack, type Stack } from "../../support/pulumiCommand.ts";
import { assertSucceeded } from "../../support/tenantStack.ts";

const examples = [
  {
    name: "one-customer",
    registrations: [paris],
    customerSubscriptionId: "77082bc4-4750-436a-858f-f5181883c63f",
    tenantId: "396a1ce2-63f8-4782-9cdd-e9dbabd118ef",
  },
  {
    name: "two-hubs",
    registrations: [paris, lyon],
    customerSubscriptionId: "63ddd82e-9ad4-41bb-a27c-4d8dea458666",
    tenantId: "9799c486-cf44-4e40-8f3f-89717207b15a",
  },
];

for (const { name, registrations, customerSubscriptionId, tenantId } of examples) {
  describe(`examples/${name}`, () => {
    let azure: Emulator;
    let stack: Stack;
    let atFirst: readonly unknown[];

    before(async () => {
      azure = await createEmulator();
      // The sample world's lock on Lyon would hold the destroy up; tests of locks have it.
      azure.facts.deleteLock({ name: "RegistrationResourceLock", scope: registrationIdOf(lyon) });
      stack = await createStack({ program: join(workspaceRoot, "examples", name), azure });
      atFirst = live();
    });

    after(async () => {
      await stack.remove();
      await azure.close();
    });

    it("registers its customer", async () => {
      assertSucceeded(await stack.up());

      for (const registration of registrations) {
        const mappings = azure.facts.customerSubscriptions(registration);
        assert.deepEqual(mappings.at(-1), { customerSubscriptionId, tenantId });
      }
    });

    it("finds nothing to change when it runs again", async () => {
      assertSucceeded(await stack.up("--expect-no-changes"));
    });

    it("leaves Azure as it was when it is destroyed", async () => {
      assertSucceeded(await stack.destroy());

      assert.deepEqual(live(), atFirst);
    });

    function live(): readonly unknown[] {
      return [paris, lyon].map((registration) => azure.facts.customerSubscriptions(registration));
    }
  });
}

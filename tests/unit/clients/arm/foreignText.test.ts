import assert from "node:assert/strict";
import {
  readCustomerSubscription,
  readLock,
  readRegistration,
} from "../../../../provider/src/clients/arm/armBodies.ts";
import type { ArmTransport } from "../../../../provider/src/clients/arm/armTransport.ts";
import { createSubscriptionNames } from "../../../../provider/src/clients/arm/subscriptionNames.ts";
import { answer } from "./answers.ts";

const registration = "/subscriptions/s/resourceGroups/g/providers/Microsoft.AzureStack/registrations/r";
const HOSTILE = "a\u001b]0;b\u0007\n::error::\u202e";
const ESCAPED = "a\\u001B]0;b\\u0007\\n::error::\\u202E";

describe("what Azure's bodies hold", () => {
  it("is escaped where it cannot be printed", () => {
    const mapping = { id: `${registration}/customerSubscriptions/c`, properties: { tenantId: HOSTILE } };
    const lock = { id: `${registration}/providers/Microsoft.Authorization/locks/l`, name: HOSTILE };

    assert.equal(readCustomerSubscription(mapping, () => true)?.tenantId, ESCAPED);
    const described = readRegistration({ id: registration, properties: { billingModel: HOSTILE } }, () => true);
    assert.equal(described?.billingModel, ESCAPED);
    const read = readLock({ ...lock, properties: { level: "CanNotDelete", notes: HOSTILE } });
    assert.deepEqual([read?.name, read?.notes], [ESCAPED, ESCAPED]);
  });

  it("gives names that a list can hold", async () => {
    const nameOf = async (displayName: string) => {
      const transport = { get: async () => answer({ body: { displayName } }) } as Partial<ArmTransport> as ArmTransport;
      return await createSubscriptionNames({ transport })("s");
    };

    assert.equal(await nameOf(" Con\u202eto\u0007so\r\nRetail "), "Contoso Retail");
    assert.equal(await nameOf("\u200b\n"), undefined);
    assert.equal(await nameOf("株式会社"), "株式会社");
  });
});

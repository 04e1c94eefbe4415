import assert from "node:assert/strict";
import {
  readCustomerSubscription,
  readLock,
  readRegistration,
} from "../../../../provider/src/clients/registrations/armBodies.ts";

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
});

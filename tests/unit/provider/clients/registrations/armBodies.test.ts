import assert from "node:assert/strict";
import {
  isSame,
  readCustomerSubscription,
  readLock,
  readRegistration,
  readWritten,
} from "../../../../../provider/src/clients/registrations/armBodies.ts";
import { formatCustomerSubscriptionId } from "../../../../../provider/src/domain/ids.ts";
import { idOf, lyon, paris, subscription, tenant } from "../../lifecycle/customerSubscription/harness.ts";

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

const requested = idOf(1);
const id = formatCustomerSubscriptionId(requested);
const properties = { tenantId: tenant(1) };

describe("readWritten", () => {
  it("reads what a write's answer describes, in the service's spelling", () => {
    const written = readWritten({ id: id.toUpperCase(), name: "hub/one", properties }, requested);

    assert.deepEqual(written, {
      id: id.toUpperCase(),
      name: "hub/one",
      registration: {
        registrationSubscriptionId: paris.registrationSubscriptionId.toUpperCase(),
        resourceGroup: paris.resourceGroup.toUpperCase(),
        registrationName: paris.registrationName.toUpperCase(),
      },
      customerSubscriptionId: subscription(1).toUpperCase(),
      tenantId: tenant(1),
    });
  });

  for (const [title, other] of [
    ["another customer subscription", formatCustomerSubscriptionId(idOf(2))],
    ["the same one of another registration", formatCustomerSubscriptionId(idOf(1, lyon))],
    ["something else", "/subscriptions/a"],
  ] as const) {
    it(`does not believe an answer that describes ${title}`, () => {
      assert.equal(readWritten({ id: other, properties }, requested), undefined);
    });
  }

  it("takes the request's id where the answer has an empty one, as in Microsoft's example", () => {
    assert.equal(readWritten({ id: "", name: "", properties }, requested)?.id, id);
  });

  it("says nothing where the answer names no tenant", () => {
    for (const body of [undefined, "done", {}, { id }, { id, properties: {} }, { id, properties: { tenantId: "" } }]) {
      assert.equal(readWritten(body, requested), undefined);
    }
  });
});

describe("readCustomerSubscription", () => {
  it("does not believe a body about another customer subscription than was asked for", () => {
    assert.equal(readCustomerSubscription({ id, properties }, isSame(requested))?.tenantId, tenant(1));
    assert.equal(readCustomerSubscription({ id, properties }, isSame(idOf(2))), undefined);
  });
});

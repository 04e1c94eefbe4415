import assert from "node:assert/strict";
import { chooseSubscription } from "../../../../../provider/src/clients/hub/ownSubscription.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

const own = (subscriptionId: string, displayName?: string) => ({ subscriptionId, displayName, state: "Enabled" });
const operators = own("a", "Default Provider Subscription");
const host = "adminmanagement.local.azurestack.external";

describe("chooseSubscription", () => {
  it("takes the operator's by its name, beside those for metering and consumption", () => {
    const visible = [own("m", "Metering Subscription"), operators, own("c", "Consumption Subscription")];

    assert.equal(chooseSubscription({ kind: "admin", host, visible }), "a");
  });

  it("takes the only one, whatever its name is, as a delegated provider has it", () => {
    assert.equal(chooseSubscription({ kind: "admin", host, visible: [own("d", "Reseller")] }), "d");
    assert.equal(chooseSubscription({ kind: "user", host, visible: [own("u")] }), "u");
  });

  it("takes none of a user's several", () => {
    assert.equal(chooseSubscription({ kind: "user", host, visible: [own("u"), own("v")] }), undefined);
  });

  for (const [what, kind, visible] of [
    ["none", "admin", []],
    ["none of a user", "user", []],
    ["several without the operator's", "admin", [own("d", "Reseller"), own("e")]],
    ["the operator's name twice", "admin", [operators, own("b", "Default Provider Subscription")]],
  ] as const) {
    it(`guesses nothing among ${what}`, () => {
      assert.throws(
        () => chooseSubscription({ kind, host, visible }),
        (error) => hasCode(error, "CSP_HUB_SUBSCRIPTION"),
      );
    });
  }
});

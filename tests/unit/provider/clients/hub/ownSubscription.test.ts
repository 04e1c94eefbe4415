import assert from "node:assert/strict";
import { chooseSubscription } from "../../../../../provider/src/clients/hub/ownSubscription.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import type { HubEndpointKind } from "../../../../../provider/src/domain/hub.ts";

const own = (subscriptionId: string, displayName?: string) => ({ subscriptionId, displayName, state: "Enabled" });
const operators = own("a", "Default Provider Subscription");
const host = "hub.example";
const at = (
  kind: HubEndpointKind,
  audience = `https://${kind === "admin" ? "adminmanagement" : "management"}.x.example/g`,
) => ({
  kind,
  host,
  audience,
});

describe("chooseSubscription", () => {
  it("takes the operator's by its name, beside those for metering and consumption", () => {
    const visible = [own("m", "Metering Subscription"), operators, own("c", "Consumption Subscription")];

    assert.equal(chooseSubscription(at("admin"), visible), "a");
  });

  it("takes the only one, whatever its name is, as a delegated provider has it", () => {
    assert.equal(chooseSubscription(at("admin"), [own("d", "Reseller")]), "d");
    assert.equal(chooseSubscription(at("user"), [own("u")]), "u");
  });

  it("takes none of a user's several", () => {
    assert.equal(chooseSubscription(at("user"), [own("u"), own("v")]), undefined);
  });

  for (const [what, kind, visible] of [
    ["none", "admin", []],
    ["none of a user", "user", []],
    ["several without the operator's", "admin", [own("d", "Reseller"), own("e")]],
    ["the operator's name twice", "admin", [operators, own("b", "Default Provider Subscription")]],
  ] as const) {
    it(`guesses nothing among ${what}`, () => {
      assert.throws(
        () => chooseSubscription(at(kind), visible),
        (error) => hasCode(error, "CSP_HUB_SUBSCRIPTION"),
      );
    });
  }

  it("says where an endpoint without the subscription is the other one, by Entra ID and by AD FS", () => {
    for (const [kind, audience, property] of [
      ["admin", "https://management.contoso.onmicrosoft.com/3cc5febd", "adminEndpoint"],
      ["admin", "https://management.adfs.azurestack.local/7a1c", "adminEndpoint"],
      ["user", "https://adminmanagement.contoso.onmicrosoft.com/30d66a27", "userEndpoint"],
    ] as const) {
      assert.throws(
        () => chooseSubscription(at(kind, audience), []),
        (error) => hasCode(error, "CSP_HUB_ENDPOINT_OTHER") && error.details.property === property,
      );
    }
    assert.throws(
      () => chooseSubscription(at("admin", "management"), []),
      (error) => hasCode(error, "CSP_HUB_SUBSCRIPTION"),
    );
  });
});

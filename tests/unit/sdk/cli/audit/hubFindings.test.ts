import assert from "node:assert/strict";
import { type Activation, formatRegistrationId, planTenantList } from "@azurestack-csp/provider";
import { hubFindings } from "../../../../../sdk/nodejs/src/cli/audit/hubFindings.ts";
import type { HubFacts } from "../../../../../sdk/nodejs/src/cli/audit/lookAtHubs.ts";
import { factsOf } from "../plan/plans.ts";

const facts = factsOf({ declared: [1], live: [1], managed: [] });
const [live] = facts.live;
const [listed] = facts.list.registrations;
const OTHER = { registrationSubscriptionId: "s", resourceGroup: "g", registrationName: "other" };

const fine: Activation = {
  registrationId: formatRegistrationId(live?.registration ?? OTHER)
    .toUpperCase()
    .replace("/REGISTRATIONS/", "/registrations/"),
  cloud: "AzureCloud",
  expiration: "9999-12-30T23:59:59Z",
  usageReportingEnabled: true,
  provisioningState: "Succeeded",
};

interface Changes {
  readonly billingModel?: string | undefined;
  readonly otherCloudId?: string;
}

function messages(activation: Activation | undefined | string, changes: Changes = {}): readonly string[] {
  const { billingModel, otherCloudId } = { billingModel: "PayAsYouUse", ...changes };
  const read = facts.live.map((each) => ({ ...each, billingModel, cloudId: "C-1" }));
  const plan = planTenantList({ ...facts, live: read, today: "2026-11-21" });
  const key = listed?.key ?? "";
  const hub: HubFacts =
    typeof activation === "string"
      ? { key, problem: activation }
      : { key, activation, otherCloudId, local: { problem: "" } };
  const found = hubFindings({ registrations: plan.registrations, live: read, hubs: [hub], today: "2026-11-21" });
  for (const { kind, severity, registration } of found) {
    assert.deepEqual([kind, severity, registration], ["hub", "finding", key]);
  }
  return found.map(({ message }) => message);
}

describe("hubFindings", () => {
  it("finds nothing where the Hub says what the list and Azure say, ids in any letter case", () => {
    assert.deepEqual(messages(fine), []);
  });

  for (const [what, activation, expected] of [
    ["a Hub that was not reached", "[CSP_UNREACHABLE] …", /not known: \[CSP_UNREACHABLE\]/],
    ["a Hub without a registration", undefined, /not registered/],
    ["one that is being registered", { ...fine, provisioningState: "Creating" }, /not known: .* state Creating/],
    ["a state that is not told", { ...fine, provisioningState: undefined }, /not known: .*\(none\)/],
    ["an activation that is over", { ...fine, expiration: "2026-11-20T23:59:59Z" }, /ended at 2026-11-20/],
    ["usage that is not reported", { ...fine, usageReportingEnabled: false }, /reports no usage/],
    ["silence about reports of usage", { ...fine, usageReportingEnabled: undefined }, /not known: .*does not say/],
    ["a registration that is not told", { ...fine, registrationId: undefined }, /which registration .* not known/],
  ] as const) {
    it(`finds ${what}`, () => {
      const found = messages(activation);

      assert.equal(found.length, 1);
      assert.match(found[0] ?? "", expected);
    });
  }

  it("finds another registration than the list has, and tells a moved one from another Hub's", () => {
    const other = { ...fine, registrationId: formatRegistrationId(OTHER) };

    assert.match(
      messages(other, { otherCloudId: "c-1" })[0] ?? "",
      /registrations\/other, and not .*both have the cloud id C-1/,
    );
    assert.match(messages(other, { otherCloudId: "C-2" })[0] ?? "", /cloud id C-2; the list's has C-1/);
    assert.match(messages(other)[0] ?? "", /cloud id not known/);
  });

  it("finds a billing model that Azure does not tell", () => {
    assert.match(messages(fine, { billingModel: undefined })[0] ?? "", /by which model .* not known/);
  });

  it("says all of it at once", () => {
    const found = messages(
      { ...fine, usageReportingEnabled: false, provisioningState: "Failed" },
      { billingModel: undefined },
    );

    assert.equal(found.length, 3);
  });
});

import assert from "node:assert/strict";
import { delmas, inputsOf, paris, registrationIdOf } from "../support/customers.ts";
import { type DynamicHost, startDynamicHost, UNKNOWN } from "../support/dynamicHost.ts";

const valid = {
  registrationSubscriptionId: paris.subscriptionId,
  resourceGroup: paris.resourceGroup,
  registrationName: paris.name,
  customerSubscriptionId: delmas.customerSubscriptionId,
  tenantId: delmas.tenantId,
};

describe("check, in the dynamic host", () => {
  let host: DynamicHost;

  before(async () => {
    host = await startDynamicHost();
  });

  after(() => host.stop());

  it("answers calls that come at once before the provider was loaded", async () => {
    const answers = await Promise.all([host.check(valid), host.check(valid), host.check(valid)]);

    for (const { failures } of answers) assert.deepEqual(failures, []);
  });

  it("brings the three parts of a registration and upper-case ids into one form", async () => {
    const { inputs } = await host.check({ ...valid, tenantId: delmas.tenantId.toUpperCase() });

    const { __provider, ...rest } = inputs;
    assert.equal(typeof __provider, "string");
    assert.deepEqual(rest, inputsOf(paris, delmas));
  });

  it("names every property that is wrong, all at once", async () => {
    const { failures } = await host.check({
      registrationSubscriptionId: "{d52111d9-8fe6-442a-b3f2-281f7629a58b}",
      resourceGroup: "azure stack.",
      registrationName: "a/b",
      customerSubscriptionId: "00000000-0000-0000-0000-000000000000",
      tenantId: ` ${delmas.tenantId}`,
      overwrite: "all",
      retainUntil: "2026-02-30",
      tenant: "contoso",
    });

    const codes = Object.fromEntries(failures.map(({ property, reason }) => [property, /\[(\w+)\]/.exec(reason)?.[1]]));
    assert.deepEqual(codes, {
      tenant: "CSP_INPUT_UNKNOWN",
      registrationSubscriptionId: "CSP_GUID_MALFORMED",
      resourceGroup: "CSP_RESOURCE_GROUP_NAME",
      registrationName: "CSP_REGISTRATION_NAME",
      customerSubscriptionId: "CSP_GUID_NIL",
      tenantId: "CSP_GUID_MALFORMED",
      overwrite: "CSP_INPUT_TYPE",
      retainUntil: "CSP_DATE_MALFORMED",
    });
  });

  it("refuses a registration that is given in both forms", async () => {
    const { failures } = await host.check({ ...valid, registrationId: registrationIdOf(paris) });

    assert.ok(failures.length > 0);
    for (const { reason } of failures) assert.match(reason, /CSP_REGISTRATION_GIVEN_TWICE/);
  });

  it("refuses the registration's own subscription as a customer's", async () => {
    const { failures } = await host.check({ ...valid, customerSubscriptionId: paris.subscriptionId });

    assert.deepEqual(
      failures.map(({ property }) => property),
      ["customerSubscriptionId"],
    );
    assert.match(failures[0]?.reason ?? "", /CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION/);
  });

  it("passes values that are not known yet through, though the stand-in looks like a GUID", async () => {
    const { inputs, failures } = await host.check({
      registrationId: UNKNOWN,
      customerSubscriptionId: UNKNOWN,
      tenantId: UNKNOWN,
      overwrite: [UNKNOWN],
      retainUntil: UNKNOWN,
    });

    assert.deepEqual(failures, []);
    assert.equal(inputs.registrationId, UNKNOWN);
    assert.equal(inputs.tenantId, UNKNOWN);
    assert.deepEqual(inputs.overwrite, [UNKNOWN]);
  });

  it("takes one unknown part of a registration for an unknown registration", async () => {
    const { inputs, failures } = await host.check({ ...valid, registrationName: UNKNOWN });

    assert.deepEqual(failures, []);
    assert.equal(inputs.registrationId, UNKNOWN);
  });

  it("sends nothing to Azure", () => {
    assert.deepEqual(host.azure.journal(), []);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { checkInputs } from "../../../../../provider/src/domain/customerSubscription/inputs.ts";
import { UNKNOWN_VALUE } from "../../../../../provider/src/domain/unknown.ts";
import { declaration } from "../arbitraries.ts";

const REGISTRATION = "c0ffee00-0000-4000-8000-000000000001";
const CUSTOMER = "ccccdddd-0000-4000-8000-000000000001";
const TENANT = "aaaabbbb-0000-4000-8000-000000000001";

const byName = { registrationSubscriptionId: REGISTRATION, resourceGroup: "azurestack", registrationName: "hub" };
const registrationId = `/subscriptions/${REGISTRATION}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/hub`;
const valid = { ...byName, customerSubscriptionId: CUSTOMER, tenantId: TENANT };

/** The problems of some inputs, as `<property> <code>`. */
function problems(properties: Readonly<Record<string, unknown>>): readonly string[] {
  return checkInputs(properties).issues.map(({ path, code }) => `${path} ${code}`);
}

describe("checkInputs", () => {
  it("gives its own output back, without a problem", () => {
    fc.assert(
      fc.property(declaration, (properties) => {
        const first = checkInputs(properties);
        fc.pre(first.issues.length === 0);

        assert.deepEqual(checkInputs(first.inputs), first);
      }),
    );
  });

  it("accepts every declaration whose customer has a subscription of its own", () => {
    fc.assert(fc.property(declaration, (properties) => assert.deepEqual(problems(properties), [])));
  });

  it("survives any value in any input", () => {
    const anything = fc.dictionary(
      fc.constantFrom(...Object.keys({ ...valid, registrationId, overwrite: [] })),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, (properties) => {
        for (const { message } of checkInputs(properties).issues) {
          assert.match(message, /^\[CSP_[A-Z_]+\] \S/);
          assert.doesNotMatch(message, /\[object|\{(property|value|given|expected|known|hint|reason)\}/);
        }
      }),
    );
  });

  it("brings both forms of a registration into one", () => {
    const byId = checkInputs({ registrationId, customerSubscriptionId: CUSTOMER, tenantId: TENANT });

    assert.deepEqual(checkInputs(valid), byId);
    assert.equal(byId.inputs.registrationId, registrationId);
  });

  it("lowers ids and keeps the spelling of names", () => {
    const { inputs } = checkInputs({
      registrationId: registrationId.toUpperCase(),
      customerSubscriptionId: CUSTOMER.toUpperCase(),
      tenantId: TENANT.toUpperCase(),
      overwrite: [TENANT.toUpperCase()],
    });

    assert.deepEqual(inputs, {
      registrationId: registrationId.replace("azurestack/", "AZURESTACK/").replace("hub", "HUB"),
      customerSubscriptionId: CUSTOMER,
      tenantId: TENANT,
      overwrite: [TENANT],
    });
  });

  it("reports every problem at once, by property", () => {
    const all = {
      registrationSubscriptionId: `{${REGISTRATION}}`,
      resourceGroup: "azurestack.",
      registrationName: "hub/one",
      customerSubscriptionId: "00000000-0000-0000-0000-000000000000",
      tenantId: "contoso.onmicrosoft.com",
      overwrite: ["x"],
      retainUntil: "2026-02-30",
      customer: "Contoso",
    };

    assert.deepEqual(problems(all).toSorted(), [
      "customer CSP_INPUT_UNKNOWN",
      "customerSubscriptionId CSP_GUID_NIL",
      "overwrite[0] CSP_GUID_MALFORMED",
      "registrationName CSP_REGISTRATION_NAME",
      "registrationSubscriptionId CSP_GUID_MALFORMED",
      "resourceGroup CSP_RESOURCE_GROUP_NAME",
      "retainUntil CSP_DATE_MALFORMED",
      "tenantId CSP_GUID_MALFORMED",
    ]);
  });

  it("names a failed stack as a cause of what is missing", () => {
    const [first] = checkInputs({ ...valid, customerSubscriptionId: undefined }).issues;

    assert.match(first?.message ?? "", /another stack or resource, that one has probably failed/);
  });

  it("asks for what is missing, null or undefined", () => {
    const missing = [
      "customerSubscriptionId CSP_INPUT_REQUIRED",
      "registrationName CSP_INPUT_REQUIRED",
      "registrationSubscriptionId CSP_INPUT_REQUIRED",
      "resourceGroup CSP_INPUT_REQUIRED",
    ];

    assert.deepEqual(problems({}).toSorted(), missing);
    assert.deepEqual(problems(Object.fromEntries(Object.keys(valid).map((key) => [key, null]))).toSorted(), missing);
    assert.deepEqual(problems({ ...valid, tenantId: undefined, overwrite: undefined, retainUntil: null }), []);
  });

  it("refuses values that are no text, and says what they are", () => {
    for (const property of ["customerSubscriptionId", "tenantId", "registrationSubscriptionId", "retainUntil"]) {
      for (const [value, given] of [
        [5, "a number"],
        [true, "a boolean"],
        [[], "a list"],
        [{}, "an object"],
      ] as const) {
        const { issues } = checkInputs({ ...valid, [property]: value });
        assert.deepEqual(
          issues.map(({ path, code }) => `${path} ${code}`),
          [`${property} CSP_INPUT_TYPE`],
        );
        assert.match(issues[0]?.message ?? "", new RegExp(given));
      }
    }
  });

  it("refuses an `overwrite` that is no list, or holds nothing", () => {
    assert.deepEqual(problems({ ...valid, overwrite: CUSTOMER }), ["overwrite CSP_INPUT_TYPE"]);
    assert.deepEqual(problems({ ...valid, overwrite: [null, TENANT, 7] }), [
      "overwrite[0] CSP_INPUT_TYPE",
      "overwrite[2] CSP_INPUT_TYPE",
    ]);
    assert.deepEqual(problems({ ...valid, overwrite: [] }), []);
  });

  it("lets a value pass that is not known yet, in any input and at any depth", () => {
    for (const property of Object.keys(valid)) {
      assert.deepEqual(problems({ ...valid, [property]: UNKNOWN_VALUE }), []);
    }
    for (const overwrite of [UNKNOWN_VALUE, [UNKNOWN_VALUE], [TENANT, UNKNOWN_VALUE]]) {
      assert.deepEqual(problems({ ...valid, overwrite }), []);
    }
    const unknown = {
      registrationId: UNKNOWN_VALUE,
      customerSubscriptionId: UNKNOWN_VALUE,
      retainUntil: UNKNOWN_VALUE,
    };
    assert.deepEqual(checkInputs(unknown), { inputs: unknown, issues: [], id: undefined });
    assert.equal(checkInputs({ ...valid, resourceGroup: UNKNOWN_VALUE }).inputs.registrationId, UNKNOWN_VALUE);
  });

  it("still judges what is known beside it", () => {
    assert.deepEqual(problems({ ...valid, registrationName: UNKNOWN_VALUE, resourceGroup: "a b" }), [
      "resourceGroup CSP_RESOURCE_GROUP_NAME",
    ]);
  });

  it("refuses both forms of a registration at once", () => {
    assert.deepEqual(problems({ registrationId, resourceGroup: "azurestack", customerSubscriptionId: CUSTOMER }), [
      "resourceGroup CSP_REGISTRATION_GIVEN_TWICE",
    ]);
    assert.deepEqual(problems({ registrationId: UNKNOWN_VALUE, ...valid }).length, 3);
  });

  it("refuses the registration's own subscription as a customer's, in any letter case", () => {
    const own = { ...valid, customerSubscriptionId: REGISTRATION.toUpperCase() };

    assert.deepEqual(problems(own), ["customerSubscriptionId CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION"]);
  });

  it("refuses the id of another type, and of a customer subscription under the registration", () => {
    for (const [text, hint] of [
      [`${registrationId}/customerSubscriptions/${CUSTOMER}`, "customer subscription"],
      [`/subscriptions/${REGISTRATION}`, ""],
      ["hub", ""],
      ["", ""],
    ] as const) {
      const { issues } = checkInputs({ registrationId: text, customerSubscriptionId: CUSTOMER });
      assert.equal(issues[0]?.code, "CSP_REGISTRATION_ID_MALFORMED");
      assert.match(issues[0]?.message ?? "", new RegExp(hint));
    }
  });

  it("leaves out the text that names the provider", () => {
    const { inputs, issues } = checkInputs({ ...valid, __provider: "exports.handler" });

    assert.deepEqual(issues, []);
    assert.equal("__provider" in inputs, false);
  });

  it("returns plain JSON", () => {
    fc.assert(
      fc.property(declaration, (properties) => {
        const { inputs } = checkInputs(properties);
        assert.deepEqual(JSON.parse(JSON.stringify(inputs)), inputs);
      }),
    );
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { compare } from "../../../../../provider/src/domain/customerSubscription/difference.ts";
import { checkInputs } from "../../../../../provider/src/domain/customerSubscription/inputs.ts";
import { readState, writeOutputs } from "../../../../../provider/src/domain/customerSubscription/state.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  NIL_GUID,
} from "../../../../../provider/src/domain/ids.ts";
import { UNKNOWN_VALUE } from "../../../../../provider/src/domain/unknown.ts";
import { customerSubscriptionId, day, guid, recased } from "../arbitraries.ts";

interface Facts {
  readonly id: CustomerSubscriptionId;
  readonly tenantId: string;
  readonly retainUntil: string | undefined;
}

const facts: fc.Arbitrary<Facts> = fc.record({
  id: customerSubscriptionId,
  tenantId: guid,
  retainUntil: fc.option(day, { nil: undefined }),
});

function stateOf({ id, tenantId, retainUntil }: Facts) {
  return readState(formatCustomerSubscriptionId(id), writeOutputs({ tenantId, retainUntil }));
}

function inputsOf({ id, tenantId, retainUntil }: Facts) {
  const registrationId = formatRegistrationId(id.registration);
  return { registrationId, customerSubscriptionId: id.customerSubscriptionId, tenantId, retainUntil };
}

const NOTHING = { changed: [], replaced: [] };

/** What differs, without the registration that was read on the way. */
function differenceOf(...compared: Parameters<typeof compare>) {
  const { changed, replaced } = compare(...compared);
  return { changed, replaced };
}

describe("compare", () => {
  it("finds nothing between a state and the same declaration in any letter case", () => {
    const recasedFacts = facts.chain((one) =>
      fc.record({
        one: fc.constant(one),
        registrationId: recased(formatRegistrationId(one.id.registration)),
        customerSubscriptionId: recased(one.id.customerSubscriptionId),
        tenantId: recased(one.tenantId),
      }),
    );
    fc.assert(
      fc.property(recasedFacts, ({ one, ...inputs }) => {
        assert.deepEqual(differenceOf(stateOf(one), { ...inputs, retainUntil: one.retainUntil }), NOTHING);
      }),
    );
  });

  it("finds nothing exactly where every id and the day are equal", () => {
    fc.assert(
      fc.property(facts, facts, fc.subarray(["id", "tenantId", "retainUntil"] as const), (one, other, taken) => {
        const declared = { ...one, ...Object.fromEntries(taken.map((key) => [key, other[key]])) };
        const { changed, replaced } = compare(stateOf(one), inputsOf(declared));
        const isSame = (key: keyof Facts) => JSON.stringify(one[key]) === JSON.stringify(declared[key]);

        assert.equal(replaced.length === 0, isSame("id"));
        assert.equal(changed.includes("tenantId"), !isSame("tenantId"));
        assert.equal(changed.includes("retainUntil"), !isSame("retainUntil"));
      }),
    );
  });

  it("changes another cloud and another credential in place", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const access = { cloud: "china", credentialPrefix: "PARIS" } as const;
        const state = { ...stateOf(one), access };

        assert.deepEqual(differenceOf(state, { ...inputsOf(one), ...access }), NOTHING);
        assert.deepEqual(differenceOf(state, inputsOf(one)), { changed: ["cloud", "credentialPrefix"], replaced: [] });
        const unknown = { ...inputsOf(one), ...access, cloud: UNKNOWN_VALUE };
        assert.deepEqual(differenceOf(state, unknown), { changed: ["cloud"], replaced: [] });
      }),
    );
  });

  it("finds nothing for checked inputs of what was written from them", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { inputs } = checkInputs(inputsOf(one));
        assert.deepEqual(differenceOf(stateOf(one), inputs), NOTHING);
      }),
    );
  });

  it("takes a tenant that is left out for the expected one, else for the live one", () => {
    fc.assert(
      fc.property(facts, guid, (one, live) => {
        const { tenantId, ...inputs } = inputsOf(one);
        assert.deepEqual(differenceOf(stateOf(one), inputs), NOTHING);
        const drifted = { ...stateOf(one), tenantId: live, expectedTenantId: tenantId };
        assert.deepEqual(differenceOf(drifted, inputs).changed, live === tenantId ? [] : ["tenantId"]);
      }),
    );
  });

  it("wants a state settled that nobody could confirm", () => {
    fc.assert(
      fc.property(facts, (one) => {
        assert.deepEqual(differenceOf({ ...stateOf(one), unconfirmed: true }, inputsOf(one)).changed, ["tenantId"]);
      }),
    );
  });
});

describe("readState", () => {
  it("refuses a state that holds Pulumi's stand-in for an unknown value as an id", () => {
    const hub = "/subscriptions/s/resourceGroups/g/providers/Microsoft.AzureStack/registrations/hub";
    const refused = (error: unknown) => hasCode(error, "CSP_STATE_UNREADABLE");

    assert.throws(() => readState(`${hub}/customerSubscriptions/${UNKNOWN_VALUE}`, {}), refused);
    for (const name of ["tenantId", "expectedTenantId", "keptTenantId"]) {
      const outputs = { [name]: UNKNOWN_VALUE.toUpperCase() };
      assert.throws(() => readState(`${hub}/customerSubscriptions/${NIL_GUID}`, outputs), refused);
    }
  });

  const maybe = fc.option(guid, { nil: undefined });

  it("reads back what writeOutputs wrote, in plain JSON", () => {
    fc.assert(
      fc.property(
        facts,
        fc.record({
          expectedTenantId: maybe,
          keptTenantId: maybe,
          movedFrom: maybe,
          directory: maybe,
          unconfirmed: fc.boolean(),
        }),
        (one, rest) => {
          const { id, tenantId, retainUntil } = one;
          const outputs = writeOutputs({ tenantId, retainUntil, ...rest });

          assert.deepEqual(JSON.parse(JSON.stringify(outputs)), outputs);
          assert.deepEqual(readState(formatCustomerSubscriptionId(id), outputs), {
            id,
            tenantId,
            retainUntil,
            access: {},
            ...rest,
          });
        },
      ),
    );
  });

  it("reads back how the registration was reached, and refuses a cloud that it does not know", () => {
    fc.assert(
      fc.property(facts, ({ id, tenantId }) => {
        const access = { cloud: "usgovernment", credentialPrefix: "PARIS" } as const;
        const armId = formatCustomerSubscriptionId(id);

        assert.deepEqual(readState(armId, writeOutputs({ tenantId, access })).access, access);
        assert.throws(
          () => readState(armId, { tenantId, cloud: "moon" }),
          (error) => hasCode(error, "CSP_STATE_UNREADABLE") && error.message.includes("moon"),
        );
      }),
    );
  });

  it("takes values of another type for absent", () => {
    const id =
      "/subscriptions/a/resourceGroups/b/providers/Microsoft.AzureStack/registrations/c/customerSubscriptions/d";
    const state = readState(id, { tenantId: 5, expectedTenantId: null, retainUntil: ["x"], unconfirmed: "true" });

    assert.equal(state.tenantId, undefined);
    assert.equal(state.expectedTenantId, undefined);
    assert.equal(state.retainUntil, undefined);
    assert.equal(state.unconfirmed, false);
  });
});

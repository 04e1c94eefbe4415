import assert from "node:assert/strict";
import fc from "fast-check";
import {
  customerSubscriptionKey,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  isGuid,
  parseCustomerSubscriptionId,
  parseRegistrationId,
  registrationKey,
  sameId,
} from "../../../../provider/src/domain/ids.ts";
import { customerSubscriptionId, guid, recased, registrationId } from "./arbitraries.ts";

describe("isGuid", () => {
  it("accepts every GUID in every letter case", () => {
    fc.assert(fc.property(guid.chain(recased), (text) => isGuid(text)));
  });

  it("refuses every other way to write one", () => {
    for (const dress of [
      (text: string) => `{${text}}`,
      (text: string) => ` ${text}`,
      (text: string) => `${text}\n`,
      (text: string) => `urn:uuid:${text}`,
      (text: string) => text.replaceAll("-", ""),
      (text: string) => text.slice(1),
      (text: string) => `${text}0`,
      (text: string) => text.replace(/[0-9a-f]$/, "g"),
    ]) {
      fc.assert(fc.property(guid, (text) => !isGuid(dress(text))));
    }
  });
});

describe("sameId", () => {
  it("ignores letter case and nothing else", () => {
    fc.assert(
      fc.property(
        guid.chain((text) => fc.tuple(fc.constant(text), recased(text))),
        ([text, other]) => sameId(text, other),
      ),
    );
    fc.assert(fc.property(guid, guid, (left, right) => sameId(left, right) === (left === right)));
  });
});

describe("parseRegistrationId", () => {
  it("reads back what formatRegistrationId wrote", () => {
    fc.assert(fc.property(registrationId, (id) => assert.deepEqual(parseRegistrationId(formatRegistrationId(id)), id)));
  });

  it("reads an id in any letter case to the same key", () => {
    fc.assert(
      fc.property(
        registrationId.chain((id) => fc.tuple(fc.constant(id), recased(formatRegistrationId(id)))),
        ([id, text]) => {
          const parsed = parseRegistrationId(text);
          assert.equal(parsed && registrationKey(parsed), registrationKey(id));
        },
      ),
    );
  });

  it("refuses the id of anything else", () => {
    fc.assert(
      fc.property(customerSubscriptionId, (id) => {
        const registration = formatRegistrationId(id.registration);
        for (const text of [
          "",
          formatCustomerSubscriptionId(id),
          `x${registration}`,
          `${registration}/products/one`,
          registration.replace("AzureStack", "AzureStackHCI"),
          registration.replace("/resourceGroups/", "/resourceGroup/"),
        ]) {
          assert.equal(parseRegistrationId(text), undefined);
        }
      }),
    );
  });

  it("takes slashes around the id for nothing", () => {
    fc.assert(
      fc.property(registrationId, (id) =>
        assert.deepEqual(parseRegistrationId(`//${formatRegistrationId(id).slice(1)}/`), id),
      ),
    );
  });
});

describe("parseCustomerSubscriptionId", () => {
  it("reads back what formatCustomerSubscriptionId wrote", () => {
    fc.assert(
      fc.property(customerSubscriptionId, (id) =>
        assert.deepEqual(parseCustomerSubscriptionId(formatCustomerSubscriptionId(id)), id),
      ),
    );
  });

  it("reads an id in any letter case to the same key", () => {
    fc.assert(
      fc.property(
        customerSubscriptionId.chain((id) => fc.tuple(fc.constant(id), recased(formatCustomerSubscriptionId(id)))),
        ([id, text]) => {
          const parsed = parseCustomerSubscriptionId(text);
          assert.equal(parsed && customerSubscriptionKey(parsed), customerSubscriptionKey(id));
        },
      ),
    );
  });

  it("refuses the id of a registration", () => {
    fc.assert(fc.property(registrationId, (id) => parseCustomerSubscriptionId(formatRegistrationId(id)) === undefined));
  });
});

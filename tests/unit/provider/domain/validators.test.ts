import assert from "node:assert/strict";
import fc from "fast-check";
import { issue } from "../../../../provider/src/domain/issues.ts";
import { isUnknown, UNKNOWN_VALUE } from "../../../../provider/src/domain/unknown.ts";
import {
  dateProblem,
  guidProblem,
  judgeRegistrationId,
  registrationNameProblem,
  resourceGroupProblem,
} from "../../../../provider/src/domain/validators.ts";
import { day, guid, recased, registrationId } from "./arbitraries.ts";

const GUID = "4f6f0c1e-2f0b-4b6c-8a53-7f5d0f7b9c21";

describe("guidProblem", () => {
  it("finds none in a GUID in any letter case", () => {
    fc.assert(fc.property(guid.chain(recased), (text) => guidProblem("tenantId", text) === undefined));
  });

  it("says how the value differs from a GUID", () => {
    for (const [value, hint] of [
      ["", /it is empty/],
      [` ${GUID}`, /white space/],
      [`${GUID}\t`, /white space/],
      [`{${GUID}}`, /braces/],
      [`(${GUID})`, /braces/],
      [`urn:uuid:${GUID}`, /prefix/],
      [`/subscriptions/${GUID}`, /ARM id/],
      [GUID.replaceAll("-", ""), /hyphens/],
      [GUID.replace("-", "\u2013"), /\(U\+2013 in it only looks like a hyphen, U\+002D\)/],
      [GUID.replace("-", "\u2011").replace("-", "\u2212"), /\(U\+2011, U\+2212 in it/],
    ] as const) {
      const problem = guidProblem("tenantId", value);
      assert.equal(problem?.code, "CSP_GUID_MALFORMED");
      assert.match(problem?.message ?? "", hint);
    }
  });

  it("has a code of its own for Pulumi's stand-in for an unknown value, in any letter case", () => {
    for (const value of [UNKNOWN_VALUE, UNKNOWN_VALUE.toUpperCase()]) {
      assert.equal(guidProblem("tenantId", value)?.code, "CSP_VALUE_UNKNOWN");
      const id = `/subscriptions/${value}/resourceGroups/g/providers/Microsoft.AzureStack/registrations/hub`;
      assert.deepEqual(
        judgeRegistrationId("registrationId", id).problems.map(({ code }) => code),
        ["CSP_VALUE_UNKNOWN"],
      );
    }
  });

  it("has a code of its own for the nil GUID", () => {
    assert.equal(guidProblem("tenantId", "00000000-0000-0000-0000-000000000000")?.code, "CSP_GUID_NIL");
  });
});

describe("resourceGroupProblem", () => {
  it("finds none in names that Azure takes", () => {
    for (const name of ["a", "azurestack", "rg_(1)-x.y", "Ünïcode-群", "x".repeat(90)]) {
      assert.equal(resourceGroupProblem("resourceGroup", name), undefined);
    }
  });

  it("says what Azure refuses", () => {
    for (const [name, reason] of [
      ["", /it is empty/],
      ["x".repeat(91), /91 characters and at most 90/],
      ["a b", /only letters/],
      ["a/b", /only letters/],
      ["azurestack.", /full stop/],
    ] as const) {
      assert.match(resourceGroupProblem("resourceGroup", name)?.message ?? "", reason);
    }
  });
});

describe("registrationNameProblem", () => {
  it("finds none in names that the registration scripts make", () => {
    for (const name of ["AzureStackRegistration", `AzureStack-${GUID}`, "x".repeat(260)]) {
      assert.equal(registrationNameProblem("registrationName", name), undefined);
    }
  });

  it("refuses what would change the path of a request", () => {
    for (const name of ["", "a/b", "..", "a?b", "a%2f", "a\\b", "a\n", "a ", "x".repeat(261)]) {
      assert.equal(registrationNameProblem("registrationName", name)?.code, "CSP_REGISTRATION_NAME", name);
    }
  });
});

describe("judgeRegistrationId", () => {
  it("judges every part", () => {
    const id = (subscription: string, group: string, name: string) =>
      `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.AzureStack/registrations/${name}`;

    assert.deepEqual(judgeRegistrationId("registrationId", id(GUID, "azurestack", "hub")).problems, []);
    assert.deepEqual(
      judgeRegistrationId("registrationId", id("contoso", "a b", "hub.")).problems.map(({ code }) => code),
      ["CSP_GUID_MALFORMED", "CSP_RESOURCE_GROUP_NAME", "CSP_REGISTRATION_NAME"],
    );
  });
});

describe("dateProblem", () => {
  it("finds none in a day of the calendar", () => {
    fc.assert(fc.property(day, (text) => dateProblem("retainUntil", text) === undefined));
    assert.equal(dateProblem("retainUntil", "2028-02-29"), undefined);
  });

  it("refuses days that there are not, times and other notations", () => {
    for (const text of [
      "2026-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-1-1",
      "01/02/2026",
      "2026-06-15T00:00Z",
      "",
      "soon",
    ]) {
      assert.equal(dateProblem("retainUntil", text)?.code, "CSP_DATE_MALFORMED", text);
    }
  });

  it("names what only looks like a hyphen", () => {
    const problem = dateProblem("retainUntil", "2026\u201312\u201331");
    assert.match(problem?.message ?? "", /which is not a date \(U\+2013 in it only looks like a hyphen, U\+002D\)\./);
  });
});

describe("isUnknown", () => {
  it("finds the stand-in at any depth, and takes no other GUID for it", () => {
    const nested = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.constant(UNKNOWN_VALUE), tie("list"), tie("map")),
      list: fc.tuple(fc.integer(), tie("value")),
      map: fc.record({ other: fc.string(), inner: tie("value") }),
    })).value;

    fc.assert(fc.property(nested, isUnknown));
    fc.assert(fc.property(fc.oneof(guid, registrationId, fc.constant(null)), (value) => !isUnknown(value)));
  });
});

describe("issue", () => {
  it("explains the entry of the catalogue under the path", () => {
    const { code, path, message } = issue("tenantId", "CSP_GUID_NIL", { property: "tenantId" });

    assert.equal(code, "CSP_GUID_NIL");
    assert.equal(path, "tenantId");
    assert.match(message, /^\[CSP_GUID_NIL\] `tenantId` is the nil GUID/);
  });
});

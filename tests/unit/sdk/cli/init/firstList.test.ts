import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import { firstList } from "../../../../../sdk/nodejs/src/cli/init/firstList.ts";
import { idsOf } from "../plan/plans.ts";

const registrations = ["paris", "lyon"].map((key) => ({
  key,
  registration: {
    registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
    resourceGroup: "azurestack",
    registrationName: `azurestack-hub-${key}`,
  },
}));

const place = { file: "Customers.csv", line: 2, column: 1, path: "" };
const exported = (number: number, name: string, domain?: string) => {
  const { tenantId } = idsOf(number);
  return { name, tenantId, domain, place };
};
const live = (number: number, name: string) => {
  const { tenantId, customerSubscriptionId } = idsOf(number);
  return { name, tenantId, subscriptions: new Map([["paris", customerSubscriptionId]]) };
};
const request = { registrations, live: [], exported: [], file: "tenants.yaml", today: "2026-11-30" };

function parsed(text: string) {
  const { list, issues } = parseTenantList([{ file: "tenants.yaml", text }]);
  assert.ok(list, JSON.stringify(issues));
  return list.tenants.map(({ name, tenantId }) => [name, tenantId]);
}

describe("firstList", () => {
  it("takes the names of Partner Center for what is live, and those of subscriptions for the rest", () => {
    const { text, tenants, open } = firstList({
      ...request,
      live: [live(1, "Azure plan"), live(2, "Hub of Garance")],
      exported: [exported(1, 'Contoso "Retail"')],
    });

    assert.deepEqual(parsed(text), [
      ['Contoso "Retail"', idsOf(1).tenantId],
      ["Hub of Garance", idsOf(2).tenantId],
    ]);
    assert.deepEqual([tenants, open], [2, 0]);
    assert.doesNotMatch(text, /TODO/);
  });

  it("tells two customers of one name apart", () => {
    const { text } = firstList({
      ...request,
      live: [live(1, "a"), live(2, "b")],
      exported: [exported(1, "Contoso"), exported(2, "Contoso")],
    });

    assert.deepEqual(
      parsed(text),
      [1, 2].map((number) => [`Contoso (${idsOf(number).tenantId})`, idsOf(number).tenantId]),
    );
  });

  it("has the others as comments, which declare nobody until somebody fills them in", () => {
    const { text, open } = firstList({
      ...request,
      live: [live(1, "Contoso")],
      exported: [exported(2, "Garance: #1", "garance.example")],
    });

    assert.equal(open, 1);
    assert.deepEqual(parsed(text), [["Contoso", idsOf(1).tenantId]]);
    assert.match(text, /^# {2}- name: "Garance: #1" # garance\.example$/m);
    const taken = text
      .replaceAll(/^#( {2}.*)$/gm, "$1")
      .replace("customerSubscriptionId: # TODO", `customerSubscriptionId: ${idsOf(2).customerSubscriptionId}`)
      .replace("registrations: [] # TODO, of paris, lyon", "registrations: [lyon]");
    assert.deepEqual(parsed(taken).at(-1), ["Garance: #1", idsOf(2).tenantId]);
  });

  it("names no subscription and no Hub that nobody has told", () => {
    const { text } = firstList({ ...request, exported: [exported(2, "Garance")] });

    assert.deepEqual(parsed(text), []);
    assert.match(text, /^# {4}customerSubscriptionId: # TODO$/m);
    assert.match(text, /^# {4}registrations: \[\] # TODO, of paris, lyon$/m);
    assert.match(text, /^# Write `tenants:` in place of `tenants: \[\]`/m);
  });
});

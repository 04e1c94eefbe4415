import assert from "node:assert/strict";
import {
  type HubAccess,
  parseTenantList,
  type TenantList,
  toDeclarations,
  writeTenantList,
} from "@azurestack-csp/provider";
import { guid } from "./sample.ts";

const ADMIN = "https://adminmanagement.local.azurestack.external";

function idOf(name: string): string {
  return `/subscriptions/${guid(1)}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/${name}`;
}

function parsed(hub: unknown, more: Readonly<Record<string, unknown>> = {}) {
  const tenant = { name: "A", tenantId: guid(2), customerSubscriptionId: guid(3), registrations: ["paris"] };
  const registrations = { paris: { registrationId: idOf("paris"), hub }, ...more };
  return parseTenantList([{ file: "lists/tenants.json", text: JSON.stringify({ registrations, tenants: [tenant] }) }]);
}

describe("the Hub of a registration", () => {
  for (const hub of [
    { adminEndpoint: ADMIN },
    { userEndpoint: "https://management.local.azurestack.external/", credentialPrefix: "HUB", caFile: "../ca/hub.pem" },
  ] satisfies readonly HubAccess[]) {
    it(`is read and written again as it is: ${Object.keys(hub)}`, () => {
      const { list, issues } = parsed(hub);

      assert.deepEqual(issues, []);
      assert.ok(list);
      assert.deepEqual(list.registrations[0]?.hub, hub);
      for (const format of ["yaml", "json"] as const) {
        const again = parseTenantList([{ file: `again.${format}`, text: writeTenantList(list, { format }) }]);
        assert.deepEqual(again.list?.registrations[0]?.hub, hub);
      }
    });
  }

  it("is no part of what is declared, and so of no state", () => {
    const { list } = parsed({ adminEndpoint: ADMIN, credentialPrefix: "HUB", caFile: "hub.pem" });
    const without = parsed(undefined).list;
    assert.ok(list && without);

    const declared = (each: TenantList) => toDeclarations(each).map(({ place: _, ...declaration }) => declaration);
    assert.deepEqual(declared(list), declared(without));
  });

  for (const [what, hub, codes] of [
    ["both endpoints", { adminEndpoint: ADMIN, userEndpoint: "https://management.x.y" }, ["CSP_HUB_ENDPOINTS"]],
    ["no endpoint", { credentialPrefix: "HUB" }, ["CSP_HUB_ENDPOINTS"]],
    ["an address in clear", { adminEndpoint: "http://adminmanagement.x.y" }, ["CSP_HUB_ENDPOINT"]],
    ["a misspelled key", { adminEndpoint: ADMIN, cafile: "a.pem" }, ["CSP_LIST_UNKNOWN_KEY"]],
    ["something that is no map", ADMIN, ["CSP_INPUT_TYPE"]],
    ["a file that is no text", { adminEndpoint: ADMIN, caFile: ["a.pem"] }, ["CSP_INPUT_TYPE"]],
    [
      "all of it wrong at once",
      { adminEndpoint: "adminmanagement", userEndpoint: "https://a/b", credentialPrefix: "hub", caFile: "a\u200b.pem" },
      ["CSP_HUB_ENDPOINTS", "CSP_HUB_ENDPOINT", "CSP_HUB_ENDPOINT", "CSP_CREDENTIAL_PREFIX", "CSP_TEXT_UNPRINTABLE"],
    ],
  ] as const) {
    it(`is refused with ${what}`, () => {
      const { list, issues } = parsed(hub);

      assert.equal(list, undefined);
      assert.deepEqual(
        issues.map(({ code }) => code),
        codes,
      );
      for (const { path, line } of issues)
        assert.deepEqual([path.startsWith("registrations.paris.hub"), line], [true, 1]);
    });
  }

  it("keeps a password that somebody wrote into an address to itself", () => {
    const [issue] = parsed({ adminEndpoint: "https://user:hush@adminmanagement.x.y" }).issues;

    assert.equal(issue?.code, "CSP_HUB_ENDPOINT");
    assert.doesNotMatch(issue.message, /hush/);
  });

  it("belongs to one registration, however its address is spelled", () => {
    const lyon = {
      registrationId: idOf("lyon"),
      hub: { adminEndpoint: `${ADMIN.toUpperCase().replace("HTTPS", "https")}:443/` },
    };
    const other = { ...lyon, hub: { adminEndpoint: "https://adminmanagement.lyon.azurestack.external" } };

    const [issue] = parsed({ adminEndpoint: ADMIN }, { lyon }).issues;

    assert.equal(issue?.code, "CSP_HUB_ENDPOINT_TWICE");
    assert.match(issue.message, /paris .*lyon/);
    assert.deepEqual(parsed({ adminEndpoint: ADMIN }, { lyon: other }).issues, []);
  });
});

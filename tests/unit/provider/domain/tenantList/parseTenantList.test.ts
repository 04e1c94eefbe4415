import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import { guid, HUBS, parseYaml, summarize } from "./sample.ts";

const CONTOSO = `
  - name: Contoso
    tenantId: ${guid(1)}
    customerSubscriptionId: ${guid(2)}
    registrations: [paris]
`;

describe("parseTenantList", () => {
  it("fills in the defaults of the list", () => {
    const { list } = parseYaml(`${HUBS}defaults:
  registrations: [paris, lyon]
  labels: { costCentre: "1", manager: Ann }
tenants:
  - { name: Contoso, tenantId: ${guid(1)}, customerSubscriptionId: ${guid(2)}, labels: { costCentre: "2" } }
`);

    const [tenant] = list?.tenants ?? [];
    assert.deepEqual(tenant?.labels, { costCentre: "2", manager: "Ann" });
    assert.deepEqual(
      tenant?.mappings.map((mapping) => mapping.registrationKey),
      ["paris", "lyon"],
    );
    assert.equal(tenant?.state, "active");
    assert.deepEqual(tenant?.overwrite, []);
  });

  it("reads a registration's ARM id into its three names", () => {
    const { list } = parseYaml(`${HUBS}tenants: []`);

    assert.deepEqual(list?.registrations[1]?.registration, {
      registrationSubscriptionId: guid(0xa2),
      resourceGroup: "azurestack",
      registrationName: "hub-lyon",
    });
  });

  it("gives a tenant another subscription on one of its registrations", () => {
    const { list } = parseYaml(`${HUBS}tenants:
  - name: Contoso
    tenantId: ${guid(1)}
    customerSubscriptionId: ${guid(2)}
    registrations:
      paris:
      lyon: { customerSubscriptionId: ${guid(3)} }
`);

    assert.deepEqual(
      list?.tenants[0]?.mappings.map((mapping) => mapping.customerSubscriptionId),
      [guid(2), guid(3)],
    );
  });

  it("says where a tenant stands", () => {
    const { list } = parseYaml(`${HUBS}tenants:${CONTOSO}`);

    assert.deepEqual(list?.tenants[0]?.place, { file: "tenants.yaml", line: 9, column: 5, path: "tenants[0]", row: 1 });
  });

  it("merges files", () => {
    const { list, issues } = parseTenantList([
      { file: "a.yaml", text: `tenants:${CONTOSO}` },
      { file: "b.json", text: `{\n\t"tenants": [],\n\t"defaults": { "labels": { "costCentre": 7 } }\n}` },
      { file: "c.YML", text: HUBS },
    ]);

    assert.deepEqual(issues, []);
    assert.deepEqual(list?.tenants[0]?.labels, { costCentre: "7" });
    assert.equal(list?.registrations.length, 2);
  });

  it("takes an empty list that says so", () => {
    assert.deepEqual(parseYaml("tenants: []"), { list: { registrations: [], tenants: [] }, issues: [] });
  });

  const refusedWhole: readonly (readonly [string, string, string])[] = [
    ["an empty file", "", "tenants.yaml:1:1 CSP_LIST_EMPTY_FILE "],
    ["a file of comments", "# tenants\n", "tenants.yaml:1:1 CSP_LIST_EMPTY_FILE "],
    ["a file that breaks off after `tenants:`", "tenants:\n", "tenants.yaml:1:1 CSP_LIST_NO_TENANTS tenants"],
    ["tenants that are null", `${HUBS}tenants:\n`, "tenants.yaml:8:1 CSP_LIST_NO_TENANTS tenants"],
    ["a list without tenants", HUBS, "tenants.yaml:1:1 CSP_LIST_NO_TENANTS tenants"],
    ["a list at the root", "- name: Contoso\n", "tenants.yaml:1:1 CSP_LIST_ROOT "],
    ["a text at the root", "Contoso", "tenants.yaml:1:1 CSP_LIST_ROOT "],
    ["tenants that are a map", "tenants: {}\n", "tenants.yaml:1:10 CSP_INPUT_TYPE tenants"],
  ];
  for (const [what, text, issue] of refusedWhole) {
    it(`refuses ${what}`, () => {
      const parsed = parseYaml(text);

      assert.deepEqual(summarize(parsed), [issue]);
      assert.equal(parsed.list, undefined);
    });
  }

  it("shows the beginning of a value that is too long to read, and its length", () => {
    const [issue] = parseYaml(`tenants: ${"x".repeat(200_000)}`).issues;

    assert.match(issue?.message ?? "", /x… \(200002 characters\)/);
    assert.ok((issue?.message.length ?? 0) < 1000);
  });

  it("refuses two labels of one name, and an empty subscription where another one is meant", () => {
    const row = (rest: string) =>
      `${HUBS}tenants:\n  - { name: A, tenantId: ${guid(1)}, customerSubscriptionId: ${guid(2)}, ${rest} }\n`;
    const codes = (rest: string) => parseYaml(row(rest)).issues.map(({ code }) => code);

    assert.deepEqual(codes('registrations: [paris], labels: { "a": 1, " a": 2 }'), ["CSP_LIST_DUPLICATE_KEY"]);
    assert.deepEqual(codes("registrations: { lyon: { customerSubscriptionId: '' } }"), ["CSP_INPUT_REQUIRED"]);
    assert.deepEqual(codes("registrations: { lyon: {} }"), []);
  });

  it("refuses an ending that it does not know", () => {
    const parsed = parseTenantList([{ file: "tenants.xlsx", text: "x" }]);

    assert.deepEqual(summarize(parsed), ["tenants.xlsx:1:1 CSP_LIST_FORMAT_UNKNOWN "]);
  });

  it("reports a file that could not be read beside the problems of the others", () => {
    const parsed = parseTenantList([
      { file: "a.yaml", unreadable: "there is no such file" },
      { file: "b.yaml", text: "tenant: []" },
    ]);

    assert.deepEqual(summarize(parsed), [
      "a.yaml:1:1 CSP_LIST_FILE_UNREADABLE ",
      "b.yaml:1:1 CSP_LIST_UNKNOWN_KEY tenant",
    ]);
  });

  it("refuses text that is not UTF-8 at the first such character", () => {
    const latin1 = new TextDecoder().decode(Uint8Array.of(35, 10, 97, 0xe9, 98));

    assert.deepEqual(summarize(parseYaml(latin1)), ["tenants.yaml:2:2 CSP_LIST_ENCODING "]);
    assert.deepEqual(summarize(parseYaml("t\0e\0")), ["tenants.yaml:1:2 CSP_LIST_ENCODING "]);
  });

  it("reports everything that is wrong at once, in the order of the file", () => {
    const parsed = parseYaml(`${HUBS}tenants:
  - name: Contoso
    tenantID: ${guid(1)}
    customerSubscriptionId: "{${guid(2)}}"
    registrations: [pari]
    state: closed
    retainUntil: 2026-02-30
  - Fabrikam
`);

    assert.deepEqual(summarize(parsed), [
      "tenants.yaml:9:5 CSP_INPUT_REQUIRED tenants[0].tenantId",
      "tenants.yaml:10:5 CSP_LIST_UNKNOWN_KEY tenants[0].tenantID",
      "tenants.yaml:11:29 CSP_GUID_MALFORMED tenants[0].customerSubscriptionId",
      "tenants.yaml:13:12 CSP_INPUT_TYPE tenants[0].state",
      "tenants.yaml:14:18 CSP_DATE_MALFORMED tenants[0].retainUntil",
      "tenants.yaml:15:5 CSP_INPUT_TYPE tenants[1]",
    ]);
    assert.match(parsed.issues[1]?.message ?? "", /did you mean `tenantId`\?/);
  });

  it("asks for what a registration lacks, and refuses two ways of naming it", () => {
    const parsed = parseYaml(`registrations:
  a b: { registrationSubscriptionId: ${guid(1)} }
  paris:
    registrationId: /subscriptions/x
    resourceGroup: azurestack.
    cloud: germany
    credentialPrefix: Contoso
tenants: []
`);

    assert.deepEqual(summarize(parsed), [
      "tenants.yaml:2:3 CSP_LIST_REGISTRATION_KEY registrations.a b",
      "tenants.yaml:2:3 CSP_INPUT_REQUIRED registrations.a b.resourceGroup",
      "tenants.yaml:2:3 CSP_INPUT_REQUIRED registrations.a b.registrationName",
      "tenants.yaml:4:21 CSP_REGISTRATION_ID_MALFORMED registrations.paris.registrationId",
      "tenants.yaml:5:20 CSP_REGISTRATION_GIVEN_TWICE registrations.paris.resourceGroup",
      "tenants.yaml:6:12 CSP_CLOUD_NAME registrations.paris.cloud",
      "tenants.yaml:7:23 CSP_CREDENTIAL_PREFIX registrations.paris.credentialPrefix",
    ]);
  });

  it("takes `defaults` from one file only", () => {
    const parsed = parseTenantList([
      { file: "a.yaml", text: "defaults: {}\ntenants: []" },
      { file: "b.yaml", text: "defaults: {}" },
    ]);

    assert.deepEqual(summarize(parsed), ["b.yaml:1:1 CSP_LIST_DUPLICATE_KEY defaults"]);
  });

  it("does not call a registration undefined while a file is unreadable", () => {
    const parsed = parseTenantList([
      { file: "hubs.yaml", text: "a: b: c" },
      { file: "tenants.yaml", text: `tenants:${CONTOSO}` },
    ]);

    assert.deepEqual(summarize(parsed), ["hubs.yaml:1:4 CSP_LIST_SYNTAX "]);
  });
});

import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import { UNKNOWN_VALUE } from "../../../../../provider/src/domain/unknown.ts";
import { CSV_HEADER, guid, HUBS, parseCsv, summarize } from "./sample.ts";

interface Row {
  readonly name?: string;
  readonly tenant?: number;
  readonly subscription?: number;
  readonly registrations?: string;
}

function parseRows(...rows: readonly Row[]) {
  const lines = rows.map(
    ({ name = "Contoso", tenant = 1, subscription = 2, registrations = "paris" }) =>
      `${name},${guid(tenant)},${guid(subscription)},${registrations}`,
  );
  return parseCsv([CSV_HEADER, ...lines].join("\n"));
}

describe("checkConsistency", () => {
  it("refuses two rows of one tenant on one registration, in any letter case, naming both", () => {
    const parsed = parseCsv(
      `${CSV_HEADER}\nContoso,${guid(0xab)},${guid(2)},paris\nRetail,${guid(0xab).toUpperCase()},${guid(3)},lyon paris`,
    );

    assert.deepEqual(summarize(parsed), ["tenants.csv:3:1 CSP_LIST_TENANT_TWICE tenants[1].tenantId"]);
    assert.match(parsed.issues[0]?.message ?? "", /"Retail" here, by "Contoso" at tenants\.csv:2/);
  });

  it("refuses a registration that a tenant names twice", () => {
    const parsed = parseRows({ registrations: "paris paris" });

    assert.deepEqual(summarize(parsed), ["tenants.csv:2:1 CSP_LIST_TENANT_TWICE tenants[0].tenantId"]);
  });

  it("refuses one subscription for two tenants of one registration", () => {
    const parsed = parseRows({}, { name: "Fabrikam", tenant: 3 });

    assert.deepEqual(summarize(parsed), [
      "tenants.csv:3:1 CSP_LIST_SUBSCRIPTION_TWICE tenants[1].customerSubscriptionId",
    ]);
  });

  it("refuses one name for two tenants", () => {
    const parsed = parseRows({}, { name: "CONTOSO", tenant: 3, subscription: 4 });

    assert.deepEqual(summarize(parsed), ["tenants.csv:3:1 CSP_LIST_NAME_TWICE tenants[1].name"]);
  });

  it("lets one tenant have a row and a subscription for each of its Hubs", () => {
    const { list, issues } = parseRows({}, { subscription: 3, registrations: "lyon" });

    assert.deepEqual(issues, []);
    assert.equal(list?.tenants.length, 2);
  });

  it("refuses a registration that is not defined, with the nearest that is", () => {
    const parsed = parseRows({ registrations: "Lion" });

    assert.deepEqual(summarize(parsed), [
      "tenants.csv:2:83 CSP_LIST_REGISTRATION_UNDEFINED tenants[0].registrations[0]",
    ]);
    assert.match(parsed.issues[0]?.message ?? "", /did you mean `lyon`\?/);
  });

  it("says once that no file defines a registration, and how to name one that does", () => {
    const { issues } = parseTenantList([
      { file: "tenants.csv", text: `${CSV_HEADER}\nA,${guid(1)},${guid(2)},paris\nB,${guid(3)},${guid(4)},lyon\n` },
    ]);

    assert.deepEqual(
      issues.map(({ code, line }) => [code, line]),
      [["CSP_LIST_REGISTRATIONS_MISSING", 2]],
    );
    assert.match(issues[0]?.message ?? "", /`azurestack-csp validate registrations\.yaml tenants\.csv`/);
  });

  it("names a few of many registrations", () => {
    const many = Array.from({ length: 100 }, (_, index) => `  hub-${index}: {}`).join("\n");
    const { issues } = parseTenantList([
      { file: "hubs.yaml", text: `registrations:\n${many}\n` },
      { file: "tenants.csv", text: `${CSV_HEADER}\nA,${guid(1)},${guid(2)},nice\n` },
    ]);
    const message = issues.find(({ code }) => code === "CSP_LIST_REGISTRATION_UNDEFINED")?.message ?? "";

    assert.match(message, /hub-11 and 88 more/);
  });

  it("refuses a tenant whose id is its subscription's", () => {
    const parsed = parseRows({ tenant: 7, subscription: 7, registrations: "paris lyon" });

    assert.deepEqual(summarize(parsed), [
      "tenants.csv:2:1 CSP_LIST_TENANT_IS_SUBSCRIPTION tenants[0].customerSubscriptionId",
    ]);
  });

  it("does not look again at a date that was refused", () => {
    const dates = ["31/12/2026", "12/31/2026", "1.1.2027", "2026/12/31", "31-Dec-26", "46022", "20261231", "tomorrow"];
    const rows = dates.map((date, row) => `C${row},${guid(2 * row + 1)},${guid(2 * row + 2)},paris,${date}`);
    const files = [
      { file: "hubs.yaml", text: HUBS },
      { file: "tenants.csv", text: `${CSV_HEADER},retainUntil\n${rows.join("\n")}\n` },
    ];

    const { issues } = parseTenantList(files, { today: "2026-11-21" });

    assert.deepEqual(
      issues.map(({ code }) => code),
      dates.map(() => "CSP_DATE_MALFORMED"),
    );
  });

  for (const [what, id, code] of [
    ["the nil GUID", "00000000-0000-0000-0000-000000000000", "CSP_GUID_NIL"],
    ["Pulumi's stand-in", UNKNOWN_VALUE, "CSP_VALUE_UNKNOWN"],
    ["a GUID in braces", `{${guid(7)}}`, "CSP_GUID_MALFORMED"],
  ] as const) {
    it(`does not look again at ids that were refused: ${what}`, () => {
      const rows = [
        `Contoso,${id},${guid(2)},paris`,
        `Contoso,${guid(3)},${guid(4)},paris`,
        `Fabrikam,${id},${guid(5)},paris`,
        `Tailspin,${guid(6)},${id},paris`,
        `Wingtip,${guid(8)},${id},paris`,
        `Adatum,${id},${id},paris`,
      ];

      const { issues } = parseCsv([CSV_HEADER, ...rows].join("\n"));

      assert.deepEqual(new Set(issues.map((each) => each.code)), new Set([code]));
      assert.equal(issues.length, 6);
    });
  }

  it("warns of a retention of more than 20 years", () => {
    const check = (year: number) => {
      const row = `Contoso,${guid(1)},${guid(2)},paris,${year}-12-31`;
      const files = [
        { file: "hubs.yaml", text: HUBS },
        { file: "tenants.csv", text: `${CSV_HEADER},retainUntil\n${row}\n` },
      ];
      return parseTenantList(files, { today: "2026-11-21" }).issues.map(({ code, severity }) => `${severity} ${code}`);
    };

    assert.deepEqual(check(2046), []);
    assert.deepEqual(check(2569), ["warning CSP_LIST_RETAIN_UNTIL_FAR"]);
  });

  it("says once that the defaults name a registration which is not defined", () => {
    const { issues } = parseTenantList([
      {
        file: "tenants.yaml",
        text: `${HUBS}defaults: { registrations: [nice] }
tenants:
  - { name: A, tenantId: ${guid(1)}, customerSubscriptionId: ${guid(2)} }
  - { name: B, tenantId: ${guid(3)}, customerSubscriptionId: ${guid(4)} }
`,
      },
    ]);

    assert.deepEqual(
      issues.map(({ code, line }) => [code, line]),
      [["CSP_LIST_REGISTRATION_UNDEFINED", 8]],
    );
  });

  it("refuses two keys for one registration, in any letter case", () => {
    const parsed = parseTenantList([
      { file: "a.yaml", text: `${HUBS}tenants: []` },
      {
        file: "b.yaml",
        text: `registrations:
  paris2: { registrationSubscriptionId: ${guid(0xa1).toUpperCase()}, resourceGroup: AzureStack, registrationName: HUB-paris }
  lyon: { registrationSubscriptionId: ${guid(0xa1)}, resourceGroup: other, registrationName: hub }
`,
      },
    ]);

    assert.deepEqual(summarize(parsed), [
      "b.yaml:2:3 CSP_LIST_REGISTRATION_SAME registrations.paris2",
      "b.yaml:3:3 CSP_LIST_DUPLICATE_KEY registrations.lyon",
    ]);
  });

  it("refuses a registration's own subscription for a customer of that registration", () => {
    const parsed = parseRows({ subscription: 0xa1 });

    assert.deepEqual(summarize(parsed), [
      "tenants.csv:2:1 CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION tenants[0].customerSubscriptionId",
    ]);
    assert.equal(parsed.list, undefined);
  });

  it("refuses it also where the subscription holds other registrations before", () => {
    const hubs = ["nice", "metz"].map(
      (key) =>
        `  ${key}: { registrationSubscriptionId: ${guid(0xa3)}, resourceGroup: azurestack, registrationName: ${key} }\n`,
    );
    const { issues } = parseTenantList([
      { file: "hubs.yaml", text: `registrations:\n${hubs.join("")}` },
      { file: "tenants.csv", text: `${CSV_HEADER}\nContoso,${guid(1)},${guid(0xa3)},metz\n` },
    ]);

    assert.deepEqual(
      issues.map(({ code, severity }) => `${severity} ${code}`),
      ["error CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION"],
    );
  });

  it("warns of another registration's own subscription, and leaves the list usable", () => {
    const parsed = parseRows({ subscription: 0xa2 });

    assert.deepEqual(summarize(parsed), [
      "tenants.csv:2:1 CSP_LIST_USES_REGISTRATION_SUBSCRIPTION tenants[0].customerSubscriptionId",
    ]);
    assert.equal(parsed.issues[0]?.severity, "warning");
    assert.equal(parsed.list?.tenants.length, 1);
  });

  it("refuses a tenant on no registration, and a suspended one without a date", () => {
    const parsed = parseCsv(`${CSV_HEADER},state\nContoso,${guid(1)},${guid(2)},,suspended`);

    assert.deepEqual(summarize(parsed), [
      "tenants.csv:2:1 CSP_LIST_NO_REGISTRATIONS tenants[0].registrations",
      "tenants.csv:2:1 CSP_LIST_RETAIN_UNTIL_MISSING tenants[0].retainUntil",
    ]);
  });
});

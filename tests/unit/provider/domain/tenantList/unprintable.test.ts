import assert from "node:assert/strict";
import { formatTenantListIssue, type ParsedTenantList, parseTenantList } from "@azurestack-csp/provider";
import { CSV_HEADER, guid, HUBS, parseCsv, parseYaml } from "./sample.ts";

const SUSPECT = "Con\u202etoso\u001b[2J";
const SHOWN = "Con\\u202Etoso\\u001B[2J";
const ROW = { tenantId: guid(1), customerSubscriptionId: guid(2), registrations: ["paris"] };
const PARIS = { registrationSubscriptionId: guid(0xa1), resourceGroup: "azurestack", registrationName: "hub-paris" };

function parseJson(registrations: object, tenants: readonly object[]): ParsedTenantList {
  return parseTenantList([{ file: "tenants.json", text: JSON.stringify({ registrations, tenants }, undefined, 1) }]);
}

function lines({ issues }: ParsedTenantList): readonly string[] {
  return issues.map(formatTenantListIssue);
}

/** Where, which property, how it is shown, and what it holds. */
function refusal(place: string, property: string, shown = SHOWN, characters = "U+202E, U+001B"): string {
  return `${place}: [CSP_TEXT_UNPRINTABLE] \`${property}\` is "${shown}", with characters that cannot be seen: ${characters}.`;
}

function assertRefused(parsed: ParsedTenantList, expected: readonly string[]): void {
  const found = lines(parsed);
  assert.equal(parsed.list, undefined);
  assert.deepEqual(
    found.map((line, index) => line.slice(0, expected[index]?.length)),
    expected,
  );
  for (const line of found) assert.match(line, /^[\x20-\x7e]*$/);
}

describe("a list with characters that cannot be seen", () => {
  it("is refused in YAML, with place and escapes", () => {
    const yaml = `${HUBS}tenants:\n  - name: "Con\\u202etoso\\e[2J"\n    tenantId: ${guid(1)}\n    customerSubscriptionId: ${guid(2)}\n    registrations: [paris]\n`;

    assertRefused(parseYaml(yaml), [refusal(`tenants.yaml:${HUBS.split("\n").length + 1}:11`, "tenants[0].name")]);
  });

  it("is refused in JSON, in names, in labels and in what labels are called, all at once", () => {
    const labels = { owner: "a\u200bb", "cost\u0085centre": "1" };

    assertRefused(parseJson({ paris: PARIS }, [{ ...ROW, name: SUSPECT, labels }]), [
      refusal("tenants.json:16:12", "tenants[0].name"),
      refusal("tenants.json:18:14", "tenants[0].labels.owner", "a\\u200Bb", "U+200B"),
      refusal("tenants.json:19:20", "the name of tenants[0].labels.cost\\u0085centre", "cost\\u0085centre", "U+0085"),
    ]);
  });

  it("is refused in CSV, a cell of two lines too", () => {
    const csv = `${CSV_HEADER},label:owner\n${SUSPECT},${guid(1)},${guid(2)},paris,"Ann\nBeth"\n`;

    assertRefused(parseCsv(csv), [
      refusal("tenants.csv:2:1", "tenants[0].name"),
      refusal("tenants.csv:2:94", "tenants[0].labels.owner", "Ann\\nBeth", "U+000A"),
    ]);
  });

  it("is refused where Azure's names hold them, and where keys do, and the keys are shown escaped", () => {
    const registrations = {
      paris: { ...PARIS, resourceGroup: "azure\u3164stack", registrationName: "hub\u009b" },
      "ly\u3164on": { ...PARIS, registrationName: "hub-lyon" },
    };
    const parsed = parseJson(registrations, [{ ...ROW, name: "Contoso", registrations: ["ni\u001bce"] }]);

    assert.deepEqual(
      parsed.issues.map(({ code }) => code),
      [
        "CSP_RESOURCE_GROUP_NAME",
        "CSP_REGISTRATION_NAME",
        "CSP_LIST_REGISTRATION_KEY",
        "CSP_LIST_REGISTRATION_UNDEFINED",
      ],
    );
    for (const line of lines(parsed)) assert.match(line, /^[\x20-\x7e]*$/);
    assert.match(lines(parsed).join(), /azure\\u3164stack.*hub\\u009B.*ly\\u3164on.*ni\\u001Bce/);
  });

  it("shows any other value of the list on one line, too", () => {
    const [line = ""] = lines(parseJson({ paris: PARIS }, [{ ...ROW, name: "Contoso", tenantId: "1\n::error::2" }]));

    assert.match(line, /^tenants\.json:\d+:\d+: \[CSP_GUID_MALFORMED\] `tenants\[0\]\.tenantId` is "1\\n::error::2"/);
  });

  it("is told from one in any script, with emoji", () => {
    const names = ["Müller", "日本電気", "می\u200cخواهم", "👩\u200d💻 Contoso"];
    const tenants = names.map((name, index) => ({
      ...ROW,
      name,
      tenantId: guid(index + 10),
      customerSubscriptionId: guid(index + 20),
      labels: { name },
    }));

    const { list } = parseJson({ paris: PARIS }, tenants);

    assert.deepEqual(
      list?.tenants.map(({ name, labels }) => [name, labels.name]),
      names.map((name) => [name, name]),
    );
  });
});

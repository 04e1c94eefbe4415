import assert from "node:assert/strict";
import { guid, HUBS, parseYaml, summarize } from "../sample.ts";

const tenant = (lines: string) => `${HUBS}tenants:
  - name: Contoso
    tenantId: ${guid(1)}
    customerSubscriptionId: ${guid(2)}
    registrations: [paris]
    ${lines}
`;

describe("parseTenantList on YAML's traps", () => {
  const spellings = ["no", "yes", "off", "1e3", "007", "0x1f", "4711", "1_000", "12:30", "2026-12-31", "true", "3.10"];
  for (const spelling of spellings) {
    it(`keeps the unquoted text ${spelling} as it is written`, () => {
      const { list } = parseYaml(tenant(`labels: { costCentre: ${spelling} }`));

      assert.deepEqual(list?.tenants[0]?.labels, { costCentre: spelling });
    });
  }

  it("keeps spellings under a YAML 1.1 directive too", () => {
    const { list } = parseYaml(`%YAML 1.1\n---\n${tenant("retainUntil: 2026-12-31\n    labels: { country: no }")}`);

    assert.deepEqual(list?.tenants[0]?.labels, { country: "no" });
    assert.equal(list?.tenants[0]?.retainUntil, "2026-12-31");
  });

  it("refuses a number where an id belongs, with the text that was written", () => {
    const { issues } = parseYaml(tenant("overwrite: [1e3]"));

    assert.equal(issues[0]?.code, "CSP_GUID_MALFORMED");
    assert.match(issues[0]?.message ?? "", /"1e3"/);
  });

  it("takes empty and null values for values not given", () => {
    const { list } = parseYaml(tenant('state: ~\n    retainUntil:\n    overwrite: null\n    labels: { a: "", b: }'));

    assert.deepEqual(list?.tenants[0]?.labels, {});
    assert.equal(list?.tenants[0]?.retainUntil, undefined);
  });

  it("names both places of a duplicate key", () => {
    const parsed = parseYaml(tenant("state: active\n    state: suspended"));

    assert.deepEqual(summarize(parsed), ["tenants.yaml:14:5 CSP_LIST_DUPLICATE_KEY tenants[0].state"]);
    assert.match(parsed.issues[0]?.message ?? "", /tenants\.yaml:13/);
  });

  it("accepts a byte-order mark, CRLF and an alias", () => {
    const text = `\uFEFF${tenant("labels: &labels { costCentre: 1 }")}
  - name: Fabrikam
    tenantId: ${guid(3)}
    customerSubscriptionId: ${guid(4)}
    registrations: [paris]
    labels: *labels
`.replaceAll("\n", "\r\n");

    const { list, issues } = parseYaml(text);

    assert.deepEqual(issues, []);
    assert.deepEqual(list?.tenants[1]?.labels, { costCentre: "1" });
    assert.equal(list?.tenants[1]?.place.line, 15);
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ["a tab as indentation", "tenants:\n\t- name: x\n", "tenants.yaml:2:1 CSP_LIST_SYNTAX "],
    ["a second document", "tenants: []\n---\ntenants: []\n", "tenants.yaml:2:1 CSP_LIST_MULTIPLE_DOCUMENTS "],
    ["an explicit type", "tenants: !!set { a }\n", "tenants.yaml:1:10 CSP_LIST_SYNTAX "],
    ["an alias without an anchor", "tenants: *a\n", "tenants.yaml:1:10 CSP_LIST_ALIAS tenants"],
    ["an anchor that holds itself", "tenants: &a [*a]\n", "tenants.yaml:1:14 CSP_LIST_ALIAS tenants[0]"],
    ["an open quote", "tenants: 'x\n", "tenants.yaml:2:1 CSP_LIST_SYNTAX "],
  ];
  for (const [what, text, issue] of refused) {
    it(`refuses ${what}`, () => {
      const parsed = parseYaml(text);

      assert.equal(summarize(parsed)[0], issue);
      assert.equal(parsed.list, undefined);
    });
  }

  it("refuses a bomb of aliases without expanding it", () => {
    const levels = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
    const parsed = parseYaml(`a0: &a0 [x]\n${levels.join("\n")}\ntenants: *a30\n`);

    assert.equal(parsed.list, undefined);
    assert.ok(parsed.issues.some((issue) => issue.code === "CSP_LIST_ALIAS"));
  });

  it("refuses nesting too deep for the parser", () => {
    for (const depth of [100, 20_000]) {
      const parsed = parseYaml(`tenants: ${"[".repeat(depth)}${"]".repeat(depth)}`);

      assert.equal(parsed.list, undefined);
      assert.equal(parsed.issues[0]?.code, "CSP_LIST_SYNTAX");
      assert.match(parsed.issues[0]?.message ?? "", /nested too deeply/);
    }
  });

  it("counts the lines that the parser cannot make out", () => {
    const lines = ["tenants: ]", "registrations: }", "defaults: ]", ""];

    const { issues } = parseYaml(lines.join("\n"));

    assert.ok(issues.length > 2);
    for (const { line, column } of issues) assert.ok(column <= (lines[line - 1] ?? "").length, `${line}:${column}`);
  });

  it("says once that lines are indented with tabs, whatever follows from it", () => {
    for (const text of [
      "tenants:\n\t- name: A\n\t  tenantId: b\n",
      "tenants:\n  -\tname: A\n   \ttenantId: b\n- c: ]\n",
    ]) {
      const { issues } = parseYaml(text);

      assert.deepEqual(
        issues.map(({ code, line }) => [code, line]),
        [["CSP_LIST_SYNTAX", 2]],
      );
      assert.match(issues[0]?.message ?? "", /Indent with spaces/);
    }
  });
});

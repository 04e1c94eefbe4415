import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import { createIssueCollector } from "../../../../../provider/src/domain/tenantList/tenantListIssue.ts";
import { guid, HUBS, parseYaml } from "./sample.ts";

describe("parseTenantList, of a list with the same slip everywhere", () => {
  it("shows 500 errors and says how many more there are", () => {
    const keys = Array.from({ length: 1_200 }, (_, index) => `    wrong${index}: 1\n`).join("");

    const { list, issues } = parseYaml(`${HUBS}tenants:
  - name: Contoso
    tenantId: ${guid(1)}
    customerSubscriptionId: ${guid(2)}
    registrations: [paris]
${keys}`);

    assert.equal(list, undefined);
    assert.equal(issues.length, 501);
    assert.equal(issues.filter(({ code }) => code === "CSP_LIST_UNKNOWN_KEY").length, 500);
    assert.equal(issues.at(-1)?.code, "CSP_LIST_MORE_ISSUES");
    assert.match(issues.at(-1)?.message ?? "", /700 more errors/);
  });

  it("keeps an error among more warnings than it shows", () => {
    const own = "d52111d9-8fe6-442a-b3f2-281f7629a58b";
    const rows = Array.from(
      { length: 600 },
      (_, index) =>
        `  - { name: C${index}, tenantId: ${guid(index + 1)}, customerSubscriptionId: ${guid(index + 5_000)}, registrations: [paris], retainUntil: 2999-01-01 }\n`,
    ).join("");

    const { list, issues } = parseTenantList(
      [
        {
          file: "tenants.yaml",
          text: `${HUBS}tenants:\n${rows}  - { name: Last, tenantId: ${own}, customerSubscriptionId: ${own}, registrations: [paris] }\n`,
        },
      ],
      { today: "2026-11-30" },
    );

    assert.equal(list, undefined);
    assert.equal(issues.filter(({ code }) => code === "CSP_LIST_RETAIN_UNTIL_FAR").length, 500);
    assert.equal(issues.filter(({ code }) => code === "CSP_LIST_TENANT_IS_SUBSCRIPTION").length, 1);
    assert.match(issues.at(-1)?.message ?? "", /100 more warnings/);
  });

  it("says once that a key is unknown, and where a value of one's own belongs", () => {
    const rows = [1, 2, 3].map((index) => `  - ${row(index)}\n    costCenter: 471${index}\n`);

    const { issues } = parseYaml(`${HUBS}tenants:\n${rows.join("")}`);

    assert.deepEqual(
      issues.map(({ code, path }) => [code, path]),
      [["CSP_LIST_UNKNOWN_KEY", "tenants[0].costCenter"]],
    );
    assert.match(issues[0]?.message ?? "", /belong under `labels`\), here and in 2 more places\./);
  });

  it("says once that a registration is not defined, and how often it is named", () => {
    const rows = [1, 2].map((index) => `  - ${row(index).replace("paris", "Pariss")}\n`);

    const { issues } = parseYaml(`${HUBS}tenants:\n${rows.join("")}`);

    assert.deepEqual(
      issues.map(({ code, path }) => [code, path]),
      [["CSP_LIST_REGISTRATION_UNDEFINED", "tenants[0].registrations[0]"]],
    );
    assert.match(issues[0]?.message ?? "", /"Pariss" \(did you mean `paris`\?\), here and in 1 more place\./);
  });

  for (const file of ["tenants.yaml", "tenants.json", "tenants.csv"]) {
    it(`calls the markers of a merge that was not finished by their name in ${file}`, () => {
      const text = "begin\r\n<<<<<<< HEAD\r\nours\r\n=======\r\ntheirs\r\n>>>>>>> branch\r\n";

      const { issues } = parseTenantList([{ file, text }]);

      assert.deepEqual(
        issues.map(({ code, line }) => [code, line]),
        [["CSP_LIST_CONFLICT_MARKERS", 2]],
      );
      assert.match(issues[0]?.message ?? "", /`<<<<<<< HEAD` here, the first of 3\./);
    });
  }

  it("finds out the details of no more problems than it shows", () => {
    const issues = createIssueCollector();
    let asked = 0;
    for (let line = 1; line <= 1_200; line += 1) {
      issues.error({ file: "tenants.yaml", line, column: 1, path: "" }, "CSP_LIST_REGISTRATION_KEY", () => {
        asked += 1;
        return { value: String(line) };
      });
    }

    assert.equal(issues.sorted(["tenants.yaml"]).length, 501);
    assert.equal(asked, 500);
  });

  for (const format of ["json", "yaml"]) {
    it(`repeats a key that is endless in none of what stands below it, in ${format}`, () => {
      const wrong = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`wrong${index}`, 1]));
      // YAML takes keys of any length in braces and quotes only behind a question mark.
      const key = format === "json" ? `"${"k".repeat(100_000)}":` : `? "${"k".repeat(100_000)}"\n:`;
      const text = `{ "tenants": [], "registrations": { ${key} ${JSON.stringify(wrong)} } }`;

      const { issues } = parseTenantList([{ file: `tenants.${format}`, text }]);

      assert.equal(issues.filter(({ code }) => code === "CSP_LIST_UNKNOWN_KEY").length, 400);
      assert.ok(JSON.stringify(issues).length < 1_000_000);
    });
  }
});

function row(index: number): string {
  const ids = `tenantId: ${guid(index)}\n    customerSubscriptionId: ${guid(index + 100)}`;
  return `name: C${index}\n    ${ids}\n    registrations: [paris]`;
}

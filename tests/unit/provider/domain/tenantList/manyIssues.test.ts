import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
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
});

import assert from "node:assert/strict";
import { parseTenantList, type TenantListFile } from "@azurestack-csp/provider";
import { readCsvRows } from "../../../../../provider/src/domain/tenantList/formats/readCsvRows.ts";
import { createIssueCollector } from "../../../../../provider/src/domain/tenantList/tenantListIssue.ts";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";
import { listCsv } from "../../../../../sdk/nodejs/src/cli/list/listCsv.ts";
import { toListRows } from "../../../../../sdk/nodejs/src/cli/list/listRows.ts";
import { listMarkdown, listTable } from "../../../../../sdk/nodejs/src/cli/list/listTable.ts";

const GUIDS = ["3e400ba3-3da6-49b6-a3c3-882212867e40", "f6b3a7e3-129b-452f-aea3-685bb2605cf5"] as const;
const TENANTS = ["05c368fa-731d-46fe-801a-91e06ebd2e54", "dd205296-16cd-4090-a357-13b921f4f0cf"] as const;
const plain = (width: number) => ({ width, colours: createColours(false) });

/** The rows of a list on two Hubs with these tenants, each with ids of its own. */
function rowsOf(...tenants: readonly Readonly<Record<string, unknown>>[]) {
  const registrationId = (name: string) =>
    `/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/${name}`;
  const registrations = {
    paris: { registrationId: registrationId("azurestack-hub-paris") },
    lyon: { registrationId: registrationId("azurestack-hub-lyon") },
  };
  const rows = tenants.map((tenant, index) => ({
    tenantId: TENANTS[index],
    customerSubscriptionId: GUIDS[index],
    registrations: ["paris"],
    ...tenant,
  }));
  const file: TenantListFile = { file: "tenants.json", text: JSON.stringify({ registrations, tenants: rows }) };
  const { list, issues } = parseTenantList([file]);
  assert.ok(list, JSON.stringify(issues));
  return toListRows(list);
}

/** What a reader of CSV finds: the rows by the heads of their columns. */
function recordsIn(csv: string): readonly Readonly<Record<string, string>>[] {
  const issues = createIssueCollector();
  const [head = [], ...rows] = readCsvRows({ file: "x.csv", text: csv.replace("\uFEFF", ""), issues }) ?? [];
  assert.deepEqual(issues.sorted([]), []);
  return rows.map((row) => Object.fromEntries(row.map(({ text }, column) => [head[column]?.text, text])));
}

describe("toListRows", () => {
  it("has a row for each customer and Hub, with the subscription of that Hub", () => {
    const other = "0c7e0a76-a1c7-4455-b242-7defde95c5c1";

    const rows = rowsOf({ name: "Contoso", registrations: { paris: null, lyon: { customerSubscriptionId: other } } });

    assert.deepEqual(
      rows.map(({ customer, registration, customerSubscriptionId }) => [
        customer,
        registration,
        customerSubscriptionId,
      ]),
      [
        ["Contoso", "paris", GUIDS[0]],
        ["Contoso", "lyon", other],
      ],
    );
    assert.match(rows[1]?.registrationId ?? "", /azurestack-hub-lyon$/);
  });
});

describe("listCsv", () => {
  it("reads back as what it was made of, separators, quotes and accents included", () => {
    const name = 'Éditions "Garance", Lyon; 6" rack';

    const text = listCsv(rowsOf({ name, labels: { costCentre: "47,14" } }, { name: "Contoso" }));

    assert.equal(text[0], "\uFEFF");
    const [first, second] = recordsIn(text);
    assert.equal(first?.customer, name);
    assert.equal(first?.["label:costCentre"], "47,14");
    assert.equal(second?.["label:costCentre"], "");
  });

  const cells = [
    { text: '=HYPERLINK("http://a.example","x")', guarded: true },
    { text: "+1+cmd|' /C calc'!A0", guarded: true },
    { text: "-2+3", guarded: true },
    { text: "@SUM(A1)", guarded: true },
    { text: "＝1+1", guarded: true },
    { text: "-4714", guarded: false },
    { text: "a=b", guarded: false },
  ];
  for (const { text, guarded } of cells) {
    it(`writes ${text} so that no spreadsheet calculates it`, () => {
      const [row] = recordsIn(listCsv(rowsOf({ name: "Contoso", labels: { note: text } })));

      assert.equal(row?.["label:note"], guarded ? `'${text}` : text);
    });
  }

  it("takes no label from what every object has", () => {
    const text = listCsv(rowsOf({ name: "Contoso", labels: { constructor: "x" } }, { name: "Fabrikam" }));

    const [, second] = recordsIn(text);
    assert.equal(second?.["label:constructor"], "");
  });
});

describe("listMarkdown", () => {
  it("keeps a row on its line and its cells apart, whatever stands in them", () => {
    const text = listMarkdown(rowsOf({ name: "Con|toso *<b>*", labels: { a: "`x`" } }));

    const [head, line, row, ...rest] = text.split("\n");
    assert.equal(head, "| Customer | Registration | Customer subscription | Labels |");
    assert.equal(line, "|---|---|---|---|");
    assert.equal(row, `| Con&#124;toso \\*&lt;b>\\* | paris | ${GUIDS[0]} | a: \\\`x\\\` |`);
    assert.deepEqual(rest, []);
  });
});

describe("listTable", () => {
  it("leaves out what no row has, and counts", () => {
    const text = listTable(rowsOf({ name: "Contoso Retail", registrations: ["paris", "lyon"] }), plain(120));

    assert.deepEqual(text.split("\n"), [
      "  Customer        Registration  Customer subscription",
      `  Contoso Retail  paris         ${GUIDS[0]}`,
      `  Contoso Retail  lyon          ${GUIDS[0]}`,
      "",
      "1 customer on 2 registrations, 2 mappings.",
    ]);
  });

  it("says until when a customer that leaves is kept, and stays within the line", () => {
    const labels = { accountManager: "Inès Carpentier", costCentre: "4714" };
    const rows = rowsOf({ name: "Contoso", state: "suspended", retainUntil: "2027-01-31", labels });

    const text = listTable(rows, plain(110));

    assert.match(text, /suspended {2}2027-01-31 {4}accountManager:/);
    for (const line of text.split("\n")) assert.ok(line.length <= 110, line);
  });

  it("says of an empty list that it declares nobody", () => {
    assert.equal(listTable([], plain(80)), "0 customers on 0 registrations, 0 mappings.");
  });
});

import assert from "node:assert/strict";
import { readCustomerExport } from "../../../../../provider/src/domain/tenantList/readCustomerExport.ts";

const CONTOSO = "05c368fa-731d-46fe-801a-91e06ebd2e54";
const GARANCE = "dd205296-16cd-4090-a357-13b921f4f0cf";
const HEAD = "Microsoft ID,Company name,Primary domain name,Relationship,Tags";

function read(text: string) {
  const { customers, issues } = readCustomerExport({ file: "Customers.csv", text });
  return {
    customers: customers?.map(({ name, tenantId, domain }) => [name, tenantId, domain]),
    issues: issues.map(({ line, column, code }) => `${line}:${column} ${code}`),
  };
}

describe("readCustomerExport", () => {
  const contoso = ["Contoso, Ltd.", CONTOSO, "contoso.example"];
  const row = `${CONTOSO},"Contoso, Ltd.",contoso.example,Cloud Reseller,`;
  const forms = [
    { form: "as Partner Center writes it", text: `\uFEFF${HEAD}\r\n${row}\r\n` },
    {
      form: "as Excel saves it with semicolons",
      text: `${HEAD.replaceAll(",", ";")}\n${CONTOSO};"Contoso, Ltd.";contoso.example;;\n`,
    },
    { form: "with tabs", text: `${HEAD.replaceAll(",", "\t")}\n${CONTOSO}\tContoso, Ltd.\tcontoso.example\t\t\n` },
    {
      form: "with heads in other letters and another order",
      text: `company NAME,Microsoft  Id,primary domain name\n"Contoso, Ltd.",${CONTOSO.toUpperCase()},contoso.example\n`,
    },
    {
      form: "as PowerShell 5 exports it",
      text: `#TYPE Microsoft.Store.PartnerCenter.PowerShell.Models.Customers.PSCustomer\r\n"CustomerId","Domain","Name"\r\n"${CONTOSO}","contoso.example","Contoso, Ltd."\r\n`,
    },
    { form: "with a customer that comes twice", text: `${HEAD}\n${row}\n${CONTOSO},Contoso again,,,\n` },
  ];
  for (const { form, text } of forms) {
    it(`reads an export ${form}`, () => {
      assert.deepEqual(read(text), { customers: [contoso], issues: [] });
    });
  }

  it("names a customer without a name by its domain, and one without either by its tenant", () => {
    assert.deepEqual(read(`${HEAD}\n${CONTOSO},,contoso.example,,\n${GARANCE},,,,\n`).customers, [
      ["contoso.example", CONTOSO, "contoso.example"],
      [GARANCE, GARANCE, undefined],
    ]);
  });

  it("leaves out of a name what could not be seen", () => {
    assert.deepEqual(read(`${HEAD}\n${CONTOSO},"Con\u202Etoso\nRetail",,,\n`).customers, [
      ["Contoso Retail", CONTOSO, undefined],
    ]);
  });

  it("reports every id that is none at its place, and takes no customer then", () => {
    assert.deepEqual(
      read(`${HEAD}\n${CONTOSO},Contoso,,,\nn/a,Garance,,,\n00000000-0000-0000-0000-000000000000,X,,,\n`),
      {
        customers: undefined,
        issues: ["3:1 CSP_GUID_MALFORMED", "4:1 CSP_GUID_NIL"],
      },
    );
  });

  const others = [
    { what: "another table", text: "name,tenantId\nContoso,x\n", issue: "1:1 CSP_CUSTOMERS_COLUMN_MISSING" },
    { what: "nothing", text: "", issue: "1:1 CSP_CUSTOMERS_COLUMN_MISSING" },
    { what: "a broken quote", text: `${HEAD}\n${CONTOSO},"Contoso,,\n`, issue: "2:38 CSP_LIST_SYNTAX" },
  ];
  for (const { what, text, issue } of others) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(read(text), { customers: undefined, issues: [issue] });
    });
  }

  it("says why a file could not be read", () => {
    const { issues } = readCustomerExport({ file: "Customers.csv", unreadable: "there is no such file" });

    assert.equal(issues[0]?.code, "CSP_LIST_FILE_UNREADABLE");
  });
});

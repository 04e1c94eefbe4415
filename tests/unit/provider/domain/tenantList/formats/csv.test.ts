import assert from "node:assert/strict";
import { CSV_HEADER, guid, parseCsv, summarize } from "../sample.ts";

const CONTOSO = `Contoso,${guid(1)},${guid(2)},paris`;

describe("parseTenantList on CSV", () => {
  it("reads rows as Excel writes them: byte-order mark, semicolons, quotes, CRLF, empty rows", () => {
    const header = "\uFEFFname;tenantId;customerSubscriptionId;registrations;state;retainUntil;label:costCentre;";
    const row = `"Contoso; ""Retail""";${guid(1)};${guid(2)};"paris; lyon";suspended;2026-12-31;0471;`;
    const { list, issues } = parseCsv(`${header}\r\n${row}\r\n;;;;;;;\r\n`);

    assert.deepEqual(issues, []);
    const [tenant] = list?.tenants ?? [];
    assert.equal(tenant?.name, 'Contoso; "Retail"');
    assert.equal(tenant?.mappings.length, 2);
    assert.equal(tenant?.state, "suspended");
    assert.equal(tenant?.retainUntil, "2026-12-31");
    assert.deepEqual(tenant?.labels, { costCentre: "0471" });
  });

  it("reads tabs", () => {
    const { list } = parseCsv(`${CSV_HEADER}\n${CONTOSO}`.replaceAll(",", "\t"));

    assert.equal(list?.tenants[0]?.name, "Contoso");
  });

  it("gives another subscription to one registration behind an equals sign", () => {
    const { list } = parseCsv(`${CSV_HEADER}\nContoso,${guid(1)},${guid(2)},paris lyon = ${guid(3)}\n`);

    assert.deepEqual(
      list?.tenants[0]?.mappings.map((mapping) => [mapping.registrationKey, mapping.customerSubscriptionId]),
      [
        ["paris", guid(2)],
        ["lyon", guid(3)],
      ],
    );
  });

  it("takes a label for a label, though a column has its name", () => {
    const { list } = parseCsv(`${CSV_HEADER},label:registrations\n${CONTOSO},lyon nice\n`);

    assert.deepEqual(list?.tenants[0]?.labels, { registrations: "lyon nice" });
  });

  it("tells how a value of one's own is named", () => {
    const { issues } = parseCsv(`${CSV_HEADER},costCentre\n${CONTOSO},0471\n`);

    assert.equal(issues.length, 1);
    assert.match(issues[0]?.message ?? "", /its column is `label:costCentre`/);
  });

  it("reads several ids to overwrite", () => {
    const { list } = parseCsv(`${CSV_HEADER},overwrite\n${CONTOSO},${guid(5)}; ${guid(6)}\n`);

    assert.deepEqual(list?.tenants[0]?.overwrite, [guid(5), guid(6)]);
  });

  it("says line, column and the spreadsheet's row, behind a cell of several lines too", () => {
    const { issues } = parseCsv(
      `${CSV_HEADER}\nContoso,${guid(1)},${guid(2)},"paris\nlyon"\nFabrikam,x,${guid(4)},lyon\n`,
    );

    assert.deepEqual(
      issues.map(({ code, line, column, row, path }) => ({ code, line, column, row, path })),
      [{ code: "CSP_GUID_MALFORMED", line: 4, column: 10, row: 3, path: "tenants[1].tenantId" }],
    );
  });

  it("reads the line by which Excel is told the separator", () => {
    const { list, issues } = parseCsv(`sep=|\r\n${`${CSV_HEADER}\r\n${CONTOSO}`.replaceAll(",", "|")}|\r\n`);

    assert.equal(list, undefined);
    assert.deepEqual(
      issues.map(({ code, line, row }) => [code, line, row]),
      [["CSP_LIST_CELLS", 3, 2]],
    );
    assert.equal(parseCsv(`sep=;\n${CSV_HEADER}\n${CONTOSO}\n`.replaceAll(",", ";")).list?.tenants.length, 1);
  });

  const hints: readonly (readonly [string, string, RegExp])[] = [
    ["a comment above the header", `# customers\n${CSV_HEADER}\n${CONTOSO}\n`, /CSV has no comments/],
    ["a comment among the rows", `${CSV_HEADER}\n# old\n${CONTOSO}\n`, /CSV has no comments/],
    ["another separator", `${CSV_HEADER}\n${CONTOSO}\n`.replaceAll(",", "|"), /separates cells/],
    ["a row without a header", `${CONTOSO}\n`, /the header is missing/],
    ["a header in another letter case", `${CSV_HEADER.toUpperCase()}\n${CONTOSO}\n`, /did you mean `tenantId`/],
  ];
  for (const [what, text, hint] of hints) {
    it(`tells ${what} from other slips`, () => {
      assert.match(
        parseCsv(text)
          .issues.map(({ message }) => message)
          .join("\n"),
        hint,
      );
    });
  }

  const refused: readonly (readonly [string, string, readonly string[]])[] = [
    ["an empty file", "", ["tenants.csv:1:1 CSP_LIST_EMPTY_FILE "]],
    ["a header alone", `${CSV_HEADER}\n`, ["tenants.csv:1:1 CSP_LIST_NO_ROWS tenants"]],
    ["a header without ids", `name\nContoso\n`, ["tenants.csv:1:1 CSP_LIST_COLUMN_MISSING tenantId"]],
    ["a row without a header", `${CONTOSO}\n`, ["tenants.csv:1:1 CSP_LIST_COLUMN_MISSING name"]],
    ["a row that slipped", `${CSV_HEADER}\nContoso,${CONTOSO}\n`, ["tenants.csv:2:1 CSP_LIST_CELLS tenants[0]"]],
    ["a row cut off", `${CSV_HEADER}\nContoso,${guid(1)}`, ["tenants.csv:2:1 CSP_LIST_CELLS tenants[0]"]],
    [
      "an unknown column, once",
      `${CSV_HEADER},States\n${CONTOSO},active\nB,${guid(3)},${guid(4)},paris,active\n`,
      ["tenants.csv:1:52 CSP_LIST_UNKNOWN_KEY States"],
    ],
    ["a column given twice", `${CSV_HEADER},name\n${CONTOSO},B\n`, ["tenants.csv:1:52 CSP_LIST_DUPLICATE_KEY name"]],
    [
      "a value without a column name",
      `${CSV_HEADER},\n${CONTOSO},B\n`,
      ["tenants.csv:2:89 CSP_LIST_COLUMN_UNNAMED tenants[0]"],
    ],
    [
      "a label given twice",
      `${CSV_HEADER},label:cc,label: cc\n${CONTOSO},1,2\n`,
      ["tenants.csv:1:61 CSP_LIST_DUPLICATE_KEY label:cc"],
    ],
    [
      "an empty id behind an equals sign",
      `${CSV_HEADER}\n${CONTOSO} lyon=\n`,
      ["tenants.csv:2:83 CSP_INPUT_REQUIRED tenants[0].registrations.lyon.customerSubscriptionId"],
    ],
    ["a quote in a cell", `${CSV_HEADER}\nA,x"y,z,paris\n`, ["tenants.csv:2:3 CSP_LIST_SYNTAX "]],
    ["a quote in a row's first cell", `${CSV_HEADER}\nA"B,x,z,paris\n`, ["tenants.csv:2:1 CSP_LIST_SYNTAX "]],
    ["an open quote", `${CSV_HEADER}\n${CONTOSO}\n"é\n\n`, ["tenants.csv:3:1 CSP_LIST_SYNTAX "]],
  ];
  for (const [what, text, expected] of refused) {
    it(`refuses ${what}`, () => {
      const parsed = parseCsv(text);

      assert.deepEqual(
        summarize(parsed).filter((issue) => issue.startsWith("tenants.csv")),
        expected,
      );
      assert.equal(parsed.list, undefined);
    });
  }
});

import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import fc from "fast-check";
import { HUBS, summarize } from "../sample.ts";

function parseJson(text: string) {
  return parseTenantList([{ file: "list.json", text }]);
}

describe("parseTenantList on JSON", () => {
  const refused: readonly (readonly [string, string, string])[] = [
    ["a bare word", '{ "tenants": none }', "1:14"],
    ["a comment", '{\n  "tenants": [] // none\n}', "2:17"],
    ["single quotes", "{ 'tenants': [] }", "1:3"],
    ["a comma too many", '{ "tenants": [1, ] }', "1:18"],
    ["an anchor", '{ "tenants": &all [] }', "1:14"],
    ["a tag", '{ "tenants": !!seq [] }', "1:14"],
    ["a line break in a text", '{ "tenants": [{ "name": "Con\ntoso" }] }', "1:25"],
    ["a second value", '{ "tenants": [] } {}', "1:19"],
    ["YAML", HUBS, "1:1"],
    ["a byte-order mark inside", '{ \uFEFF"tenants": [] }', "1:3"],
  ];
  for (const [what, text, place] of refused) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(summarize(parseJson(text)), [`list.json:${place} CSP_LIST_SYNTAX `]);
    });
  }

  it("refuses what is nested too deeply, with the place", () => {
    for (const depth of [40, 100_000]) {
      const { issues } = parseJson(`{ "tenants": ${"[".repeat(depth)}${"]".repeat(depth)} }`);

      assert.deepEqual(
        issues.map(({ code, column }) => [code, column]),
        [["CSP_LIST_SYNTAX", 45]],
      );
      assert.match(issues[0]?.message ?? "", /nested too deeply/);
    }
  });

  it("names both places of a duplicate key", () => {
    const { issues } = parseJson('{\n"tenants": [],\n"tenants": [] }');

    assert.match(issues[0]?.message ?? "", /CSP_LIST_DUPLICATE_KEY.*list\.json:2/);
  });

  it("tells the place of a slip behind many lines, and of nested rows", () => {
    const rows = `${"\n".repeat(40)}{ "tenants": [\n  { "name": 1 },\n\n    { "name": "b", "wrong": 2 } ] }`;
    const { issues } = parseJson(rows);
    const wrong = issues.find(({ code }) => code === "CSP_LIST_UNKNOWN_KEY");

    assert.deepEqual([wrong?.line, wrong?.column, wrong?.row, wrong?.path], [44, 20, 2, "tenants[1].wrong"]);
  });

  it("takes brackets inside of texts for text", () => {
    const { issues } = parseJson(JSON.stringify({ tenants: [], $schema: '"[{'.repeat(50) }));

    assert.deepEqual(issues, []);
  });

  it("refuses exactly the texts that are not JSON", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "\\",
      "1",
      "-",
      "0",
      ".",
      "e",
      "null",
      " ",
      "\n",
      "//",
      "'",
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join("");
        fc.pre(text.trim() !== "");
        const isRefused = parseJson(text).issues.some(({ code }) => code === "CSP_LIST_SYNTAX");

        assert.equal(isRefused, !isJson(text), text);
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

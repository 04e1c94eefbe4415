import assert from "node:assert/strict";
import { parseTenantList, type TenantListFile } from "@azurestack-csp/provider";
import fc from "fast-check";
import { arbitraryList } from "./arbitraryList.ts";
import { csvPrinter, printJson, printYaml } from "./printList.ts";

interface Damage {
  readonly at: number;
  readonly length: number;
  readonly inserted: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat(3), fc.nat(400)),
  inserted: fc.oneof(
    fc.constantFrom(
      "",
      "",
      "\t",
      "\n",
      '"',
      "'",
      ":",
      ": ",
      "- ",
      "&a ",
      "*a",
      "[",
      "{",
      "---\n",
      ";",
      ",",
      "\0",
      "\uFEFF",
      "!!set ",
    ),
    fc.string({ unit: "binary", maxLength: 6 }),
  ),
});

/** Cuts a piece out of the text and puts another in its place. */
function mangle(text: string, { at, length, inserted }: Damage): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserted + text.slice(start + length);
}

function assertPlaced(files: readonly { file: string; text: string }[]): void {
  const { list, issues } = parseTenantList(files);

  const errors = issues.filter((issue) => issue.severity === "error");
  assert.equal(list === undefined, errors.length > 0);
  for (const { code, message, file, line, column } of issues) {
    const text = files.find((source) => source.file === file)?.text ?? "";
    assert.match(message, new RegExp(`^\\[${code}\\] .+\\.`, "s"));
    assert.doesNotMatch(message.replaceAll(/"[^"]*"|`[^`]*`/gs, ""), /\{\w+\}/);
    assert.ok(line >= 1 && line <= text.split(/\r\n?|\n/).length, `line ${line}`);
    assert.ok(column >= 1, `column ${column}`);
  }
}

const formats = [printYaml, printJson, csvPrinter(";", "\r\n"), csvPrinter(",", "\n")];

describe("parseTenantList on mangled files", () => {
  it("gives a list, or errors with their places", () => {
    const cases = fc.record({
      list: arbitraryList,
      print: fc.constantFrom(...formats),
      damages: fc.array(damage, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(cases, ({ list, print, damages }) => {
        assertPlaced(print(list).map((source) => ({ ...source, text: damages.reduce(mangle, textOf(source)) })));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives a list, or errors with their places, for any text at all", () => {
    const cases = fc.record({
      file: fc.constantFrom("a.yaml", "a.json", "a.csv"),
      text: fc.string({ unit: "binary", maxLength: 80 }),
    });
    fc.assert(
      fc.property(cases, (source) => assertPlaced([source])),
      { numRuns: 1000 },
    );
  });
});

function textOf(source: TenantListFile): string {
  return "text" in source ? source.text : "";
}

import assert from "node:assert/strict";
import { parseTenantList } from "@azurestack-csp/provider";
import fc from "fast-check";
import { cases } from "../../../../support/effort.ts";
import { arbitraryList, withoutPlaces } from "./arbitraryList.ts";
import { csvPrinter, type ListPrinter, printJson, printYaml } from "./printList.ts";

const PRINTERS: Readonly<Record<string, ListPrinter>> = {
  YAML: printYaml,
  JSON: printJson,
  "CSV with commas": csvPrinter(",", "\n"),
  "CSV with semicolons and CRLF": csvPrinter(";", "\r\n"),
  "CSV with tabs": csvPrinter("\t", "\n"),
};

describe("parseTenantList on lists written by a program", () => {
  for (const [format, print] of Object.entries(PRINTERS)) {
    it(`reads the same list from ${format}`, () => {
      fc.assert(
        fc.property(arbitraryList, (written) => {
          const { list, issues } = parseTenantList(print(written));

          assert.deepEqual(issues, []);
          assert.deepEqual(list && withoutPlaces(list), written);
        }),
        { numRuns: cases(100, 3000) },
      );
    });
  }
});

import assert from "node:assert/strict";
import { allMeters } from "@azurestack-csp/usage";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";
import { metersTable } from "../../../../../sdk/nodejs/src/cli/usage/metersTable.ts";

const unknown = { id: "00000000-0000-4000-8000-000000000001", rows: 12_345_678 };
const meters = [unknown, ...allMeters.map((meter) => ({ ...meter, rows: 0 }))];

describe("metersTable", () => {
  for (const width of [80, 100, 120, 200])
    it(`fits into ${width} columns, and cuts no word`, () => {
      const lines = metersTable(meters, { width, colours: createColours(false) }).split("\n");

      assert.deepEqual(
        lines.filter((line) => line.length > width),
        [],
      );
      const words = new Set(lines.flatMap((line) => line.trim().split(/ +/)));
      const wanted = allMeters.flatMap(({ name, service, unit }) =>
        `${service} ${unit} ${name}`.split(" ").filter(Boolean),
      );
      const cut = wanted.filter((word) => ![word, `${word},`, `${word}:`].some((text) => words.has(text)));
      assert.deepEqual(cut, []);
    });

  it("has a column of rows only where there is a store, and says which meters nobody published", () => {
    const layout = { width: 120, colours: createColours(false) };

    assert.match(metersTable(meters, layout), /^ {2}METER +ROWS +SERVICE.*\n.*12,345,678 +unknown: published by/);
    assert.doesNotMatch(metersTable([{ id: "a", rows: undefined }], layout), /ROWS/);
  });
});

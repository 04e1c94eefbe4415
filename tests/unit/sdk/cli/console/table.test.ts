import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { renderTable } from "../../../../../sdk/nodejs/src/cli/console/table.ts";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";

const HEAD = ["Change", "Customer", "Tenant → customer subscription"];
const IDS = "11111111-0000-4000-8000-000000000001\n→ 22222222-0000-4000-8000-000000000001";

const tableOf = (names: readonly string[], width: number) =>
  renderTable({ head: HEAD, rows: names.map((name) => ["- offboard", name, IDS]) }, { width, flexible: 1 }).split("\n");

/** Columns that a terminal shows a text in, said by hand for the texts of this file. */
function columnsOf(text: string): number {
  const clusters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return clusters.reduce(
    (sum, each) =>
      sum +
      (/\p{Script=Han}|\p{Script=Katakana}|\p{Extended_Pictographic}|\p{Regional_Indicator}|ー/u.test(each) ? 2 : 1),
    0,
  );
}

describe("renderTable", () => {
  const names = {
    Chinese: "北京市朝阳区云计算科技",
    Japanese: "株式会社コントソー",
    emoji: "Fabrikam 👩‍💻🚀🇨🇳",
    combining: "Cafe\u0301 Zu\u0308rich",
  };
  for (const [script, name] of Object.entries(names)) {
    for (const width of [80, 120]) {
      it(`keeps a name whole and what follows in line, ${script} at ${width} columns`, () => {
        const [head = "", line = "", below = ""] = tableOf([name], width);

        // Letters and their accents may come out as one character, which is the same text.
        assert.ok(line.includes(name.normalize()), line);
        const start = head.indexOf("Tenant");
        assert.equal(columnsOf(line.slice(0, line.indexOf("1111"))), start);
        assert.equal(columnsOf(below.slice(0, below.indexOf("→"))), start);
      });
    }
  }

  it("stays within the line and loses no character of a name that is too long", () => {
    const name = "北京市朝阳区云计算科技有限公司".repeat(4);

    const lines = tableOf([name], 80);

    assert.ok(
      lines.every((line) => columnsOf(line) <= 80),
      lines.join("\n"),
    );
    assert.equal(
      lines
        .join("")
        .match(/\p{Script=Han}/gu)
        ?.join(""),
      name,
    );
  });

  it("breaks a long name between words", () => {
    const lines = tableOf(["Contoso Cloud Services of Southern Europe and Africa"], 80);

    assert.match(lines[1] ?? "", /^ {2}- offboard {2}Contoso Cloud/);
    assert.match(lines.slice(2).join(" "), /Southern +.*Europe/);
  });

  it("counts colours as nothing, and ends each on its line", () => {
    const { red } = createColours(true);
    const plain = tableOf(["Contoso Retail"], 80);
    const coloured = tableOf([red("Contoso Retail")], 80);

    assert.deepEqual(coloured.map(stripVTControlCharacters), plain);
  });
});

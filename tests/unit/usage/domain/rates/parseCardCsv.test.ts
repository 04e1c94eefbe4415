import assert from "node:assert/strict";
import { parseRateCard } from "../../../../../usage/src/domain/rates/parseRateCard.ts";
import { cardOf, meters, pageBlobs, tenant, told } from "./cards.ts";

function parseCsv(...lines: readonly string[]) {
  return parseRateCard({ file: "rates.csv", text: `${lines.join("\n")}\n` });
}

const HEADER = "meter,unit,price,currency,tierFrom,tierTo,from,to,tenantId,free,cost,markup";

describe("a card in CSV", () => {
  it("says what one in YAML says", () => {
    const { card } = parseCsv(
      HEADER,
      "PageBlobCapacity,GB*hours,0.10,EUR,,,,2026-10-01,,10,none,",
      "PageBlobCapacity,GB*hours,0.20,EUR,0,100,2026-10-01,,,,0.05,10%",
      "PageBlobCapacity,GB*hours,0.15,EUR,100,,2026-10-01,,,,,",
      `PageBlobCapacity,GB*hours,,EUR,,,,,${tenant(1)},,,-5%`,
    );
    const yaml = cardOf([
      pageBlobs("price: 0.10, to: 2026-10-01, free: 10, cost: none"),
      pageBlobs(
        "from: 2026-10-01, cost: 0.05, markup: 10%, tiers: [{ to: 100, price: 0.20 }, { from: 100, price: 0.15 }]",
      ),
      pageBlobs(`tenantId: ${tenant(1)}, markup: -5%`),
    ]);

    assert.ok(card);
    assert.deepEqual(card.tariffs, yaml.tariffs);
    assert.equal(card.currency, "EUR");
  });

  it("keeps the tiers of a tenant apart from those of all", () => {
    const { card, issues } = parseCsv(
      HEADER,
      "PageBlobCapacity,GB*hours,2,EUR,0,100,,,,,,",
      `PageBlobCapacity,GB*hours,4,EUR,0,50,,,${tenant(1)},,,`,
      "PageBlobCapacity,GB*hours,1,EUR,100,,,,,,,",
      `PageBlobCapacity,GB*hours,3,EUR,50,,,,${tenant(1)},,,`,
    );

    assert.deepEqual(issues, []);
    assert.deepEqual(
      card?.tariffs,
      cardOf([
        pageBlobs("tiers: [{ to: 100, price: 2 }, { from: 100, price: 1 }]"),
        pageBlobs(`tenantId: ${tenant(1)}, tiers: [{ to: 50, price: 4 }, { from: 50, price: 3 }]`),
      ]).tariffs,
    );
  });

  it("takes what a spreadsheet writes: semicolons, a byte-order mark, other line ends", () => {
    const { card, issues } = parseRateCard({
      file: "RATES.CSV",
      text: `\uFEFFmeter;unit;price;currency;pricePlaces\r\n${meters.pageBlobs};GB*hours;0.5;EUR;4\r\n;;;;\r\n`,
    });

    assert.deepEqual(issues, []);
    assert.equal(card?.pricePlaces, 4);
  });

  it("asks for no quotes around many digits, which are text there", () => {
    assert.ok(parseCsv("meter,unit,price,currency,free", "PageBlobCapacity,GB*hours,1,EUR,12345678901234567.1").card);
  });

  for (const [what, lines, codes] of [
    ["a missing column", ["meter,unit,currency", "a,b,EUR"], ["CSP_RATES_COLUMN_MISSING 1 price"]],
    [
      "a misspelled column",
      ["meter,unit,price,curency", "PageBlobCapacity,GB*hours,1,EUR"],
      ["CSP_RATES_UNKNOWN_KEY 1 curency"],
    ],
    ["no header", [`${meters.pageBlobs},GB*hours,1,EUR`], ["CSP_RATES_COLUMN_MISSING 1 meter"]],
    ["no rows", ["meter,unit,price,currency"], ["CSP_RATES_EMPTY 1 rates"]],
    ["a cell too many", [HEADER, "PageBlobCapacity,GB*hours,1,45,EUR"], ["CSP_RATES_CELLS 2 rates[0]"]],
    [
      "a comma in a price",
      ["meter;unit;price;currency", "PageBlobCapacity;GB*hours;1,45;EUR"],
      ["CSP_RATES_NUMBER 2 rates[0].price"],
    ],
    [
      "a column without a name",
      ["meter,unit,price,currency,", "PageBlobCapacity,GB*hours,1,EUR,x"],
      ["CSP_RATES_COLUMN_UNNAMED 2 rates[0]"],
    ],
    [
      "an exponent that a spreadsheet made",
      ["meter,unit,price,currency", "PageBlobCapacity,GB*hours,1.2E-05,EUR"],
      ["CSP_RATES_NUMBER 2 rates[0].price"],
    ],
    [
      "a rate twice",
      ["meter,unit,price,currency", "PageBlobCapacity,GB*hours,1,EUR", "PageBlobCapacity,GB*hours,2,EUR"],
      ["CSP_RATES_TWICE 3 rates[1]"],
    ],
    [
      "tiers with a gap",
      [
        "meter,unit,price,currency,tierFrom,tierTo",
        "PageBlobCapacity,GB*hours,1,EUR,0,5",
        "PageBlobCapacity,GB*hours,1,EUR,6,",
      ],
      ["CSP_RATES_TIERS_GAP 3 rates[1].price"],
    ],
    [
      "tiers of which one says another cost",
      [
        "meter,unit,price,currency,tierFrom,tierTo,cost",
        "PageBlobCapacity,GB*hours,1,EUR,0,5,1",
        "PageBlobCapacity,GB*hours,1,EUR,5,,2",
      ],
      ["CSP_RATES_DIFFERS 3 rates[1].cost"],
    ],
    [
      "places that differ",
      ["meter,unit,price,currency,pricePlaces", "PageBlobCapacity,GB*hours,1,EUR,4", "TableCapacity,GB*hours,1,EUR,5"],
      ["CSP_RATES_DIFFERS 3 rates[1].pricePlaces"],
    ],
    [
      "another currency in a row",
      ["meter,unit,price,currency", "PageBlobCapacity,GB*hours,1,EUR", "TableCapacity,GB*hours,1,USD"],
      ["CSP_RATES_CURRENCY_MIXED 3 rates[1].currency"],
    ],
  ] as const) {
    it(`is refused for ${what}, once`, () => {
      assert.deepEqual(told(parseCsv(...lines)), codes);
    });
  }
});

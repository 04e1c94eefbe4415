import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { formatDecimal } from "../../../../../usage/src/domain/rates/decimal.ts";
import { parseRateCard } from "../../../../../usage/src/domain/rates/parseRateCard.ts";
import { cardOf, meters, pageBlobs, parseYaml, tenant, told } from "./cards.ts";

/** What is wrong with these rates, without what is said of the whole. */
function wrong(rates: readonly string[], head?: string): readonly string[] {
  return told(parseYaml(rates, head));
}

const cores = (members: string) => `{ meter: Base VM Size Hours, unit: Virtual core hours, ${members} }`;
const windowsCores = (members: string) => `{ meter: Windows VM Size Hours, unit: Virtual core hours, ${members} }`;
const vmHours = (members: string) => `{ meter: VM size hours, unit: VM hours, ${members} }`;

describe("parseRateCard", () => {
  it("keeps the digits of the file", () => {
    const [rate] = cardOf([
      pageBlobs('price: 0.10, cost: 1.00000000, free: "123456789012345678.12345678901234567890"'),
    ]).rates;

    assert.deepEqual(rate?.tiers?.[0]?.price, { units: 10n, places: 2 });
    assert.deepEqual(rate.cost, { units: 100000000n, places: 8 });
    assert.equal(rate.free && formatDecimal(rate.free), "123456789012345678.1234567890123456789");
  });

  it("takes a meter by its name or id, in any letters and without dashes", () => {
    const spelled = [
      "pageblobcapacity",
      "B5C15376-6C94-4FDD-B655-1A69D138ACA3",
      "b5c153766c944fddb6551a69d138aca3",
    ] as const;
    for (const meter of spelled) {
      const [rate] = cardOf([`{ meter: ${meter}, unit: gb * Hours, price: 1 }`]).rates;
      assert.deepEqual(
        [rate?.meterId, rate?.meterName, rate?.unit],
        [meters.pageBlobs, "PageBlobCapacity", "GB*hours"],
      );
    }
  });

  it("tells meters of one name by their unit, the current one from the deprecated", () => {
    const card = cardOf([
      "{ meter: S4, unit: Count of Disks*month, price: 1 }",
      "{ meter: S4, unit: Count of Disks*hours, price: 1 }",
      "{ meter: ActualStandardSnapshotSize, unit: GB*month, price: 1 }",
    ]);

    assert.deepEqual(
      card.rates.map(({ meterId }) => meterId),
      [
        "380874f9-300c-48e0-95a0-d2d9a21ade8f",
        "5d76e09f-4567-452a-94cc-7d1f097761f0",
        "108fa95b-be0d-4cd9-96e8-5b0d59505df1",
      ],
    );
  });

  it("takes a meter of the Hub's own by id, name and unit", () => {
    const own = "meter: 11111111-2222-4333-8444-555555555555";
    const [rate] = cardOf([`{ ${own}, name: Large workers, unit: Hours, price: 1 }`]).rates;

    assert.deepEqual([rate?.meterName, rate?.unit], ["Large workers", "Hours"]);
    assert.deepEqual(wrong([`{ ${own}, unit: Hours, price: 1 }`]), ["CSP_RATES_METER_UNKNOWN 3 rates[0].meter"]);
    assert.deepEqual(wrong([`{ ${own}, name: Large workers, price: 1 }`]), ["CSP_RATES_MISSING 3 rates[0].unit"]);
  });

  it("takes a meter without a published unit in any", () => {
    assert.equal(cardOf(["{ meter: Web Process, price: 1 }"]).rates[0]?.unit, undefined);
    assert.equal(cardOf(["{ meter: Web Process, unit: hours, price: 1 }"]).rates[0]?.unit, "hours");
  });

  it("takes one family on some days and the other on others, or at no price", () => {
    cardOf([
      cores("to: 2026-10-01, price: 1"),
      cores("from: 2026-10-01, price: 0"),
      vmHours("to: 2026-10-01, price: 0"),
      vmHours("from: 2026-10-01, price: 1"),
    ]);
    cardOf([cores("price: 1"), windowsCores("price: 1"), vmHours("price: 0")]);
    cardOf([
      cores("price: 1"),
      vmHours("price: 0"),
      cores(`tenantId: ${tenant(1)}, price: 0`),
      vmHours(`tenantId: ${tenant(1)}, price: 1`),
    ]);
  });

  it("says everything at once, in the order of the file", () => {
    assert.deepEqual(
      wrong(
        [pageBlobs("price: -1"), cores("price: 1, from: yesterday"), vmHours("price: 1, tenantId: x")],
        "currency: E",
      ),
      [
        "CSP_RATES_CURRENCY_UNKNOWN 1 currency",
        "CSP_RATES_NEGATIVE 3 rates[0].price",
        "CSP_RATES_DATE 4 rates[1].from",
        "CSP_GUID_MALFORMED 5 rates[2].tenantId",
      ],
    );
  });

  it("says of a gap nothing where the rate between may be one with an error", () => {
    const gap = [pageBlobs("to: 2026-10-01, price: 1"), pageBlobs("from: 2026-11-01, price: 1")];
    const between = "from: 2026-10-01, to: 2026-11-01, price: -1";

    assert.deepEqual(wrong([...gap, pageBlobs(between)]), ["CSP_RATES_NEGATIVE 5 rates[2].price"]);
    assert.deepEqual(
      wrong([...gap, `{ meter: PageBlob, unit: GB*hours, ${between.replace("-1", "1")} }`]).slice(0, 1),
      ["CSP_RATES_METER_UNKNOWN 5 rates[2].meter"],
    );
  });

  it("rounds to its places what a markup adds, half away from zero", () => {
    const priceOf = (price: string, markup: string, places: number) => {
      const head = `currency: EUR\npricePlaces: ${places}\nmarkup: ${markup}`;
      const [tariff] = cardOf([pageBlobs(`price: ${price}`)], head).tariffs;
      return formatDecimal(tariff?.slots[0]?.unitPrice ?? assert.fail());
    };

    assert.equal(priceOf("0.05", "10%", 2), "0.06");
    assert.equal(priceOf("0.04", "10%", 2), "0.04");
    assert.equal(priceOf('"0.0123456789"', "0%", 10), "0.0123456789");
    assert.equal(priceOf("0.00000001", "33.333%", 8), "0.00000001");
  });

  it("takes a file that cannot be read for one problem", () => {
    assert.deepEqual(told(parseRateCard({ file: "rates.yaml", unreadable: "there is no such file" })), [
      "CSP_RATES_FILE_UNREADABLE 1 ",
    ]);
  });

  for (const [what, file, text, codes] of [
    ["an empty file", "rates.yaml", "# nothing\n", ["CSP_RATES_EMPTY 1 "]],
    ["a list", "rates.yaml", "- 1\n", ["CSP_RATES_ROOT 1 "]],
    ["no YAML", "rates.yaml", "rates: [\n", ["CSP_RATES_SYNTAX 2 "]],
    ["two documents", "rates.yaml", "rates: []\n---\nrates: []\n", ["CSP_RATES_MULTIPLE_DOCUMENTS 2 "]],
    ["a conflict", "rates.yaml", "<<<<<<< HEAD\n", ["CSP_RATES_CONFLICT_MARKERS 1 "]],
    ["another encoding", "rates.yaml", "currency: \uFFFD\n", ["CSP_RATES_ENCODING 1 "]],
    [
      "a key twice",
      "rates.yaml",
      "currency: EUR\ncurrency: EUR\nrates: [{ meter: Web Process, price: 1 }]\n",
      ["CSP_RATES_DUPLICATE_KEY 2 currency"],
    ],
    ["an alias of nothing", "rates.yaml", "currency: *c\n", ["CSP_RATES_ALIAS 1 currency"]],
    ["no JSON", "rates.json", "{", ["CSP_RATES_SYNTAX 1 "]],
    ["another format", "rates.toml", "a = 1", ["CSP_RATES_FORMAT_UNKNOWN 1 "]],
    ["a word in the place of rates", "rates.yaml", "currency: EUR\nrates: none\n", ["CSP_INPUT_TYPE 2 rates"]],
  ] as const) {
    it(`refuses ${what} in the words of a card`, () => {
      assert.deepEqual(told(parseRateCard({ file, text })), codes);
    });
  }

  it("names at most 500 errors, and counts the others", () => {
    const parsed = parseYaml(Array.from({ length: 600 }, (_, index) => pageBlobs(`price: -${index + 1}`)));

    assert.equal(parsed.issues.length, 501);
    assert.equal(parsed.issues.at(-1)?.code, "CSP_RATES_MORE_ISSUES");
  });

  it("reads the cards of the docs", () => {
    const page = readFileSync(new URL("../../../../../docs/rates.md", import.meta.url), "utf8");
    const cards = [...page.matchAll(/```(yaml|csv)\n(.*?)```/gs)].map(([, format, text = ""]) => ({
      file: `rates.${format}`,
      text,
    }));

    assert.deepEqual(
      cards.map(({ file }) => file),
      ["rates.yaml", "rates.csv"],
    );
    for (const card of cards) assert.deepEqual(told(parseRateCard(card)), []);
  });

  it("reads the same from JSON", () => {
    const rate = { meter: "PageBlobCapacity", unit: "GB*hours", price: 0.1, free: "10", tenantId: tenant(1) };
    const text = JSON.stringify({ currency: "EUR", rates: [rate] });
    const { card } = parseRateCard({ file: "rates.json", text });

    assert.deepEqual(card?.tariffs, cardOf([pageBlobs(`price: 0.1, free: 10, tenantId: ${tenant(1)}`)]).tariffs);
  });
});

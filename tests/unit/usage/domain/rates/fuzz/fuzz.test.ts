import assert from "node:assert/strict";
import { errorCatalogue } from "@azurestack-csp/provider";
import fc from "fast-check";
import { parseRateCard } from "../../../../../../usage/src/domain/rates/parseRateCard.ts";
import { rateErrors } from "../../../../../../usage/src/domain/rates/rateErrors.ts";
import { cases, randomSeed } from "../../../../../support/effort.ts";
import { tenant } from "../cards.ts";
import { plainly, readPlainCard } from "./plainCard.ts";

/** Of two fuzzes: in `npm run test:soak` 20,000 cards. */
const parameters = { seed: randomSeed(), numRuns: cases(1_000, 10_000) };

const YAML = `# a card
currency: EUR
pricePlaces: 8
markup: 2.5%
rates:
  - meter: PageBlobCapacity
    unit: GB*hours
    to: 2026-11-01
    price: 0.00012
    cost: none
  - { meter: b5c15376-6c94-4fdd-b655-1a69d138aca3, unit: GB*hours, from: 2026-11-01, price: 0.10, cost: 0.07 }
  - meter: S4
    unit: Count of Disks*month
    free: "12.50"
    tiers:
      - { to: 100, price: 1.45 }
      - { from: 100, to: 1000, price: 1.2 }
      - { from: 1000, price: 1 }
  - { meter: Base VM Size Hours, unit: Virtual core hours, price: 0.0125, markup: -5%, currency: EUR }
  - { meter: VM size hours, unit: VM hours, price: 0 }
  - { meter: Base VM Size Hours, unit: Virtual core hours, tenantId: ${tenant(1)}, price: 0.01 }
  - { meter: 11111111-2222-4333-8444-555555555555, name: Large workers, unit: Hours, price: 0.25 }
`;
const JSON_TEXT = JSON.stringify(
  {
    currency: "EUR",
    rates: [
      { meter: "PageBlobCapacity", unit: "GB*hours", price: 0.00012, cost: "none" },
      {
        meter: "S4",
        unit: "Count of Disks*month",
        free: "12.5",
        tiers: [
          { to: 5, price: 2 },
          { from: 5, price: 1 },
        ],
      },
    ],
  },
  undefined,
  1,
);
const CSV = `meter;unit;price;currency;tierFrom;tierTo;free;cost;tenantId;markup
PageBlobCapacity;GB*hours;0.00012;EUR;;;;none;;
S4;Count of Disks*month;1.45;EUR;0;100;12.5;;;
S4;Count of Disks*month;1.20;EUR;100;;;;;
S4;Count of Disks*month;;EUR;;;;;${tenant(1)};-10%
`;

const cards = fc.constantFrom(
  { file: "rates.yaml", text: YAML },
  { file: "rates.json", text: JSON_TEXT },
  { file: "rates.csv", text: CSV },
);

interface Damage {
  readonly at: number;
  readonly length: number;
  readonly inserted: string;
}

const signs = [
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
  "null",
  "~",
];
const digits = [
  "0",
  "1",
  "9",
  "-",
  "+",
  ".",
  ",",
  "e5",
  "E-7",
  "%",
  "_",
  "00",
  "0.1",
  "1e400",
  "٣",
  "NaN",
  "0x1",
  " ",
  "none",
];

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat(2), fc.nat(200)),
  inserted: fc.oneof(
    fc.constantFrom(...signs),
    fc.constantFrom(...digits),
    fc.string({ unit: "binary", maxLength: 4 }),
  ),
});

/** Cuts a piece out of the text and puts another in its place. */
function mangle(text: string, { at, length, inserted }: Damage): string {
  const start = Math.floor(at * text.length);
  return (text.slice(0, start) + inserted + text.slice(start + length)).toWellFormed();
}

/** Puts something into a number of the text, or in its place. */
function mangleNumber(text: string, { at, length, inserted }: Damage): string {
  const numbers = [...text.matchAll(/\d[\d.]*/g)];
  const number = numbers[Math.floor(at * numbers.length)] ?? numbers[0];
  if (!number) return text;
  const start = number.index + (length % (number[0].length + 1));
  const end = length % 2 === 0 ? start : number.index + number[0].length;
  return (text.slice(0, start) + inserted + text.slice(end)).toWellFormed();
}

const codes: ReadonlySet<string> = new Set([...Object.keys(errorCatalogue), ...Object.keys(rateErrors)]);

/** Asserts that the file gives what it says, or errors that are complete; never part of a card. */
function assertRightOrExplained(file: string, text: string): boolean {
  const { card, issues } = parseRateCard({ file, text });
  const lines = text.split("\n").length;
  for (const { code, message, line, column } of issues) {
    assert.ok(codes.has(code) && message.startsWith(`[${code}] `), message);
    assert.doesNotMatch(message.replaceAll(/"[^"]*"/g, ""), /\{[a-z]\w*\}(?!`)|\bundefined\b|\[object/);
    assert.ok(line >= 1 && line <= lines && column >= 1, `${line}:${column} of ${lines} lines`);
  }
  assert.equal(
    card === undefined,
    issues.some(({ severity }) => severity === "error"),
  );
  if (card) assert.deepEqual(plainly(card), readPlainCard(file, text));
  return card !== undefined;
}

describe("mangled rate cards", () => {
  it("begin as cards that are right", () => {
    for (const [file, text] of [
      ["rates.yaml", YAML],
      ["rates.json", JSON_TEXT],
      ["rates.csv", CSV],
    ] as const)
      assert.ok(assertRightOrExplained(file, text), file);
  });

  it("are what they say, or refused by code, wherever a piece is replaced", () => {
    fc.assert(
      fc.property(cards, fc.array(damage, { minLength: 1, maxLength: 3 }), ({ file, text }, damages) => {
        assertRightOrExplained(file, damages.reduce(mangle, text));
      }),
      parameters,
    );
  });

  it("are what they say, or refused by code, whatever becomes of their numbers", () => {
    let right = 0;
    fc.assert(
      fc.property(cards, fc.array(damage, { minLength: 1, maxLength: 2 }), ({ file, text }, damages) => {
        if (assertRightOrExplained(file, damages.reduce(mangleNumber, text))) right += 1;
      }),
      parameters,
    );

    assert.ok(right > parameters.numRuns / 50, `only ${right} of ${parameters.numRuns} were cards`);
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { disks, meters } from "../../../../../emulator/src/usage/estate/meters.ts";
import { CARD_KEYS, parseRateCard } from "../../../../../usage/src/domain/rates/parseRateCard.ts";
import { RATE_KEYS } from "../../../../../usage/src/domain/rates/readRate.ts";
import { TIER_KEYS } from "../../../../../usage/src/domain/rates/readTiers.ts";
import { pageBlobs, yamlOf } from "./cards.ts";

const ROOT = new URL("../../../../../", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("schemas/rate-card.schema.json", ROOT), "utf8"));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

function errorsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe("rate-card.schema.json", () => {
  it("accepts the example, which is right", () => {
    const file = "examples/usage/rates.yaml";
    const text = readFileSync(new URL(file, ROOT), "utf8");

    assert.match(text, /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/rate-card\.schema\.json\n/);
    assert.deepEqual(errorsOf(parse(text)), []);
    assert.deepEqual(parseRateCard({ file, text }).issues, []);
  });

  it("comes with an example that has a rate for every meter of the emulated Hubs", () => {
    const file = "examples/usage/rates.yaml";
    const { card } = parseRateCard({ file, text: readFileSync(new URL(file, ROOT), "utf8") });
    const used = [...Object.values(meters), ...disks.map(({ meterId }) => meterId)];
    const rated = new Set(card?.rates.map(({ meterId }) => meterId.replaceAll("-", "")));

    assert.deepEqual(
      used.filter((meterId) => !rated.has(meterId.toLowerCase().replaceAll("-", ""))),
      [],
    );
  });

  it("knows the keys that the parser knows", () => {
    const { properties, definitions } = schema;
    const { rate } = definitions;

    assert.deepEqual(Object.keys(properties).sort(), [...CARD_KEYS].sort());
    assert.deepEqual(Object.keys(rate.properties).sort(), [...RATE_KEYS].sort());
    assert.deepEqual(Object.keys(rate.properties.tiers.items.properties).sort(), [...TIER_KEYS].sort());
  });

  it("uses no multipleOf, by which validators refuse 0.07 and 4.35", () => {
    assert.doesNotMatch(JSON.stringify(schema), /multipleOf/);
    for (const price of [0.07, 4.35, 19.99, 1234567.89, '"0.07"', '"12345.12345678"'])
      assert.deepEqual(errorsOf(parse(yamlOf([pageBlobs(`price: ${price}`)]))), []);
  });

  for (const [what, members, error] of [
    ["a misspelled key", "prise: 1, price: 1", "/rates/0 additionalProperties"],
    ["a negative price", "price: -1", "/rates/0/price minimum"],
    ["an exponent in quotes", 'price: "1e-5"', "/rates/0/price pattern"],
    ["a decimal comma", 'price: "1,5"', "/rates/0/price pattern"],
    ["a markup without its sign", "price: 1, markup: 10", "/rates/0/markup type"],
    ["a price beside tiers", "price: 1, tiers: [{ price: 1 }]", "/rates/0 not"],
    ["no price", "free: 1", "/rates/0 if"],
    ["a quantity of 21 places", 'price: 1, free: "0.000000000000000000001"', "/rates/0/free pattern"],
    ["another day", "price: 1, from: 1 October", "/rates/0/from pattern"],
  ] as const) {
    it(`marks ${what}`, () => {
      const errors = errorsOf(parse(yamlOf([pageBlobs(members)])));

      assert.ok(errors.includes(error), errors.join(", "));
    });
  }
});

import assert from "node:assert/strict";
import { CURRENCIES, currencyPlaces } from "../../../../../usage/src/domain/rates/currencies.ts";

describe("currencies", () => {
  for (const [code, places] of [
    ["EUR", 2],
    ["USD", 2],
    ["GBP", 2],
    ["CHF", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["CLP", 0],
    ["ISK", 0],
    ["KWD", 3],
    ["BHD", 3],
    ["TND", 3],
    ["CLF", 4],
  ] as const) {
    it(`bill ${code} with ${places} places`, () => {
      assert.equal(currencyPlaces(code), places);
    });
  }

  it("are none that have no smallest unit, nor anything else", () => {
    for (const code of ["XAU", "XXX", "XTS", "XDR", "eur", "EURO", "", "constructor"])
      assert.equal(currencyPlaces(code), undefined, code);
  });

  it("are all of ISO 4217 but for those, each once", () => {
    assert.equal(CURRENCIES.length, 167);
    assert.equal(new Set(CURRENCIES).size, 167);
    for (const code of CURRENCIES) assert.match(code, /^[A-Z]{3}$/);
  });
});

import assert from "node:assert/strict";
import type { ChargeLine } from "../../../../../usage/src/domain/rates/rateUsage.ts";
import { billedAmount, totalsOf } from "../../../../../usage/src/domain/rates/totals.ts";
import { meters, tenant } from "./cards.ts";

const used = {
  tenantId: tenant(1),
  meterId: meters.tables,
  day: "2026-10-01",
  hub: "h",
  subscriptionId: "s",
  billedTo: "b",
  quantity: "1",
};

function line(cost: string, currency: string): ChargeLine {
  return { ...used, status: "rated", tier: 1, unitPrice: cost, cost, currency };
}

describe("totals", () => {
  it("are rounded once, after everything is added", () => {
    const lines = [line("0.004", "EUR"), line("0.004", "EUR"), line("0.0069999999999999999999999999", "EUR")];

    assert.deepEqual(totalsOf(lines).amounts, [
      { currency: "EUR", exact: "0.0149999999999999999999999999", rounded: "0.01" },
    ]);
  });

  it("keep currencies apart", () => {
    assert.deepEqual(totalsOf([line("1.5", "USD"), line("2.5", "JPY"), line("1", "USD")]), {
      amounts: [
        { currency: "JPY", exact: "2.5", rounded: "3" },
        { currency: "USD", exact: "2.5", rounded: "2.50" },
      ],
      unrated: 0,
    });
  });

  it("are no amount of 0 where nothing is rated", () => {
    assert.deepEqual(totalsOf([{ ...used, status: "unrated" }]), { amounts: [], unrated: 1 });
  });

  for (const [units, places, currency, billed] of [
    [2665n, 3, "EUR", "2.67"],
    [-2665n, 3, "EUR", "-2.67"],
    [5n, 1, "JPY", "1"],
    [-5n, 1, "JPY", "-1"],
    [12345n, 4, "KWD", "1.235"],
    [100n, 0, "EUR", "100.00"],
    [-4n, 3, "EUR", "0.00"],
    [1n, 1, "CLF", "0.1000"],
  ] as const) {
    it(`bill ${units} × 10^-${places} ${currency} as ${billed}`, () => {
      assert.equal(billedAmount({ units, places }, currency), billed);
    });
  }

  it("are billed in no unit of account", () => {
    assert.throws(() => billedAmount({ units: 1n, places: 0 }, "XAU"), RangeError);
  });
});

import assert from "node:assert/strict";
import { formatDecimal } from "../../../../../usage/src/domain/rates/decimal.ts";
import { createTariffFinder } from "../../../../../usage/src/domain/rates/findTariff.ts";
import { cardOf, meters, pageBlobs, tenant } from "./cards.ts";

/** Tariffs as `tenant from to: tier from–to price, …; cost`. */
function shown(rates: readonly string[]): readonly string[] {
  return cardOf(rates).tariffs.map(({ tenantId, from = "", to = "", slots, cost }) => {
    const prices = slots.map((slot) => {
      const end = slot.to ? formatDecimal(slot.to) : "";
      return `${slot.tier} ${formatDecimal(slot.from)}–${end} ${formatDecimal(slot.unitPrice)}`;
    });
    const charged = cost === undefined || cost === "none" ? cost : formatDecimal(cost);
    return `${tenantId === undefined ? "all" : "own"} ${from} ${to}: ${prices.join(", ")}; ${charged}`;
  });
}

describe("tariffs", () => {
  it("count tiers behind the free quantity", () => {
    assert.deepEqual(
      shown([pageBlobs("free: 10.5, tiers: [{ to: 5, price: 2 }, { from: 5, price: 1 }], cost: none")]),
      ["all  : 0 0–10.5 0, 1 10.5–15.5 2, 2 15.5– 1; none"],
    );
  });

  it("of a tenant with rates of its own stand for all days, with what it does not say itself from all tenants", () => {
    const rates = [
      pageBlobs("to: 2026-11-01, free: 1, price: 1, cost: 0.5"),
      pageBlobs("from: 2026-11-01, markup: 100%, price: 2"),
      pageBlobs(`tenantId: ${tenant(1)}, from: 2026-10-15, to: 2026-12-01, price: 5`),
    ];

    assert.deepEqual(shown(rates), [
      "all  2026-11-01: 0 0–1 0, 1 1– 1; 0.5",
      "all 2026-11-01 : 1 0– 4; undefined",
      "own  2026-10-15: 0 0–1 0, 1 1– 1; 0.5",
      "own 2026-10-15 2026-11-01: 0 0–1 0, 1 1– 5; 0.5",
      "own 2026-11-01 2026-12-01: 1 0– 10; undefined",
      "own 2026-12-01 : 1 0– 4; undefined",
    ]);
  });

  it("of a tenant stand alone where all tenants have none", () => {
    assert.deepEqual(shown([pageBlobs(`tenantId: ${tenant(1)}, price: 5`)]), ["own  : 1 0– 5; undefined"]);
  });

  it("are found by meter, tenant and day", () => {
    const find = createTariffFinder(
      cardOf([
        pageBlobs("from: 2026-10-02, to: 2026-10-04, price: 1"),
        pageBlobs(`tenantId: ${tenant(1)}, from: 2026-10-03, price: 2`),
      ]).tariffs,
    );
    const priceOn = (day: number, tenantId: string) => {
      const tariff = find(meters.pageBlobs, tenantId, `2026-10-0${day}`);
      return tariff ? formatDecimal(tariff.slots[0]?.unitPrice ?? assert.fail()) : "unrated";
    };

    assert.deepEqual(
      [1, 2, 3, 4].map((day) => priceOn(day, tenant(1))),
      ["unrated", "1", "2", "2"],
    );
    assert.deepEqual(
      [1, 2, 3, 4].map((day) => priceOn(day, tenant(2))),
      ["unrated", "1", "1", "unrated"],
    );
    assert.equal(find(meters.tables, tenant(1), "2026-10-02"), undefined);
  });
});

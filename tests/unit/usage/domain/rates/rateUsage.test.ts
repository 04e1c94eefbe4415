import assert from "node:assert/strict";
import fc from "fast-check";
import { add, formatDecimal, parseDecimal, ZERO } from "../../../../../usage/src/domain/rates/decimal.ts";
import {
  type ChargeLine,
  compareQuantities,
  type DailyQuantity,
  type RatingRequest,
  rateUsage,
} from "../../../../../usage/src/domain/rates/rateUsage.ts";
import { totalsOf } from "../../../../../usage/src/domain/rates/totals.ts";
import { cardOf, meters, pageBlobs, tenant } from "./cards.ts";

function usage(day: string, quantity: string, other: Partial<DailyQuantity> = {}): DailyQuantity {
  const usual = { tenantId: tenant(1), meterId: meters.pageBlobs, hub: "paris", subscriptionId: "s", billedTo: "b" };
  return { ...usual, day, quantity, ...other };
}

/** Lines as `quantity tier price cost`, or `quantity unrated`. */
function rated(request: RatingRequest): readonly string[] {
  return [...rateUsage(request)].map((line) =>
    line.status === "rated"
      ? `${line.quantity} ${line.tier} ${line.unitPrice} ${line.cost}`
      : `${line.quantity} ${line.status}`,
  );
}

function exactTotal(lines: Iterable<ChargeLine>): string {
  return totalsOf(lines).amounts[0]?.exact ?? "0";
}

function sumOf(texts: readonly string[]): string {
  return formatDecimal(texts.reduce((sum, text) => add(sum, parseDecimal(text) ?? assert.fail(text)), ZERO));
}

const tiered = cardOf([pageBlobs("free: 10, tiers: [{ to: 100, price: 0.5 }, { from: 100, price: 0.25 }]")]);

describe("rateUsage", () => {
  it("multiplies to the last digit", () => {
    const card = cardOf([pageBlobs("price: 0.12345679")]);
    const quantities = [usage("2026-10-01", "123456789012345678.12345678901234567891")];

    assert.deepEqual(rated({ card, quantities }), [
      "123456789012345678.12345678901234567891 1 0.12345679 15241578875171467.7914951988751714678885992989",
    ]);
  });

  it("fills the free quantity, then tier after tier, and splits where one ends", () => {
    const quantities = [usage("2026-10-01", "4"), usage("2026-10-02", "150"), usage("2026-10-03", "1")];

    assert.deepEqual(rated({ card: tiered, quantities }), [
      "4 0 0 0",
      "6 0 0 0",
      "100 1 0.5 50",
      "44 2 0.25 11",
      "1 2 0.25 0.25",
    ]);
  });

  it("begins anew with each month, tenant and meter, and not with each Hub or subscription", () => {
    const card = cardOf([
      pageBlobs("free: 10, price: 1"),
      "{ meter: TableCapacity, unit: GB*hours, free: 10, price: 2 }",
    ]);
    const quantities = [
      usage("2026-10-31", "10", { hub: "lyon" }),
      usage("2026-10-31", "1", { hub: "paris" }),
      usage("2026-11-01", "10"),
      usage("2026-10-31", "10", { meterId: meters.tables }),
      usage("2026-10-31", "10", { tenantId: tenant(2) }),
    ].toSorted(compareQuantities);

    assert.equal(exactTotal(rateUsage({ card, quantities })), "1");
  });

  it("fills within a day in the order of hub, subscription and billed subscription", () => {
    const rows = [
      usage("2026-10-01", "10", { hub: "lyon", subscriptionId: "b", billedTo: "a" }),
      usage("2026-10-01", "1", { hub: "lyon", subscriptionId: "b", billedTo: "b" }),
      usage("2026-10-01", "2", { hub: "paris", subscriptionId: "a", billedTo: "a" }),
    ];
    const lines = [...rateUsage({ card: tiered, quantities: rows.toReversed().toSorted(compareQuantities) })];

    assert.deepEqual(
      lines.map(({ hub, billedTo, ...line }) => [hub, billedTo, line.status === "rated" && line.tier]),
      [
        ["lyon", "a", 0],
        ["lyon", "b", 1],
        ["paris", "a", 1],
      ],
    );
  });

  it("refuses quantities that are out of order", () => {
    const quantities = [usage("2026-10-02", "1"), usage("2026-10-01", "1")];

    assert.throws(() => [...rateUsage({ card: tiered, quantities })], RangeError);
  });

  for (const quantity of ["1e-5", "", "0.000000000000000000001", "one"]) {
    it(`refuses the quantity "${quantity}"`, () => {
      assert.throws(() => [...rateUsage({ card: tiered, quantities: [usage("2026-10-01", quantity)] })], RangeError);
    });
  }

  it("charges the price of the day, at the place of the month's quantity that the day has reached", () => {
    const card = cardOf([
      pageBlobs("to: 2026-10-15, free: 10, price: 1"),
      pageBlobs("from: 2026-10-15, tiers: [{ to: 20, price: 3 }, { from: 20, price: 2 }]"),
    ]);
    const quantities = [usage("2026-10-14", "15"), usage("2026-10-15", "15")];

    assert.deepEqual(rated({ card, quantities }), ["10 0 0 0", "5 1 1 5", "5 1 3 15", "10 2 2 20"]);
  });

  it("takes the tenant's price, and then the markup", () => {
    const card = cardOf(
      [
        pageBlobs("free: 1, price: 1, markup: 50%"),
        pageBlobs(`tenantId: ${tenant(2)}, price: 0.8`),
        pageBlobs(`tenantId: ${tenant(3)}, markup: -10%`),
        pageBlobs(`tenantId: ${tenant(4)}, free: 0`),
        "{ meter: TableCapacity, unit: GB*hours, price: 1 }",
      ],
      "currency: EUR\nmarkup: 10%",
    );
    const priceOf = (other: Partial<DailyQuantity>) =>
      rated({ card, quantities: [usage("2026-10-01", "2", other)] }).join(", ");

    assert.equal(priceOf({}), "1 0 0 0, 1 1 1.5 1.5");
    assert.equal(priceOf({ tenantId: tenant(2) }), "1 0 0 0, 1 1 1.2 1.2");
    assert.equal(priceOf({ tenantId: tenant(3) }), "1 0 0 0, 1 1 0.9 0.9");
    assert.equal(priceOf({ tenantId: tenant(4) }), "2 1 1.5 3");
    assert.equal(priceOf({ meterId: meters.tables }), "2 1 1.1 2.2");
  });

  it("gives a tenant the price of all tenants on days that its own rate leaves out", () => {
    const card = cardOf([
      pageBlobs("price: 1"),
      pageBlobs(`tenantId: ${tenant(1)}, from: 2026-10-02, to: 2026-10-03, price: 5`),
    ]);
    const quantities = ["2026-10-01", "2026-10-02", "2026-10-03"].map((day) => usage(day, "1"));

    assert.deepEqual(rated({ card, quantities }), ["1 1 1 1", "1 1 5 5", "1 1 1 1"]);
  });

  it("calls unrated what has no rate on its day, and never zero; it fills all the same", () => {
    const card = cardOf([pageBlobs("from: 2026-10-02, free: 10, price: 1")]);
    const quantities = [
      usage("2026-10-01", "8"),
      usage("2026-10-02", "8"),
      usage("2026-10-02", "1", { meterId: meters.tables }),
    ].toSorted(compareQuantities);

    assert.deepEqual(rated({ card, quantities }), ["1 unrated", "8 unrated", "2 0 0 0", "6 1 1 6"]);
    const [line] = rateUsage({ card, quantities: [usage("2026-10-01", "8")] });
    assert.deepEqual(line, { ...usage("2026-10-01", "8"), status: "unrated" });
    assert.deepEqual(totalsOf(rateUsage({ card, quantities })), {
      amounts: [{ currency: "EUR", exact: "6", rounded: "6.00" }],
      unrated: 2,
    });
  });

  it("tells a price of 0 from none", () => {
    const card = cardOf([pageBlobs("price: 0")]);

    assert.deepEqual(rated({ card, quantities: [usage("2026-10-01", "8")] }), ["8 1 0 0"]);
  });

  it("keeps a quantity of 0 as a line", () => {
    assert.deepEqual(rated({ card: tiered, quantities: [usage("2026-10-01", "0")] }), ["0 0 0 0"]);
  });

  it("goes back with a correction the way that the quantities came", () => {
    const quantities = [usage("2026-10-01", "120"), usage("2026-10-02", "-115"), usage("2026-10-03", "-10")];

    assert.deepEqual(rated({ card: tiered, quantities }), [
      "10 0 0 0",
      "100 1 0.5 50",
      "10 2 0.25 2.5",
      "-10 2 0.25 -2.5",
      "-100 1 0.5 -50",
      "-5 0 0 0",
      "-10 0 0 0",
    ]);
  });

  it("goes below 0 at the price of the first tier, and comes back at it", () => {
    const card = cardOf([pageBlobs("tiers: [{ to: 10, price: 2 }, { from: 10, price: 1 }]")]);
    const quantities = [usage("2026-10-01", "-5"), usage("2026-10-02", "16")];

    assert.deepEqual(rated({ card, quantities }), ["-5 1 2 -10", "15 1 2 30", "1 2 1 1"]);
  });

  it("fills on from where an issued month stopped", () => {
    const filled = ({ tenantId, meterId, month }: { tenantId: string; meterId: string; month: string }) =>
      tenantId === tenant(1) && meterId === meters.pageBlobs && month === "2026-10" ? "108.5" : undefined;
    const quantities = [usage("2026-10-07", "3"), usage("2026-11-01", "3")];

    assert.deepEqual(rated({ card: tiered, quantities, filled }), ["1.5 1 0.5 0.75", "1.5 2 0.25 0.375", "3 0 0 0"]);
  });

  it("reads no more than it is asked for", () => {
    let read = 0;
    function* endless() {
      for (;;) {
        read += 1;
        yield usage("2026-10-01", "1");
      }
    }
    const lines = rateUsage({ card: tiered, quantities: endless() });
    lines.next();

    assert.equal(read, 1);
  });
});

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 22n), max: 10n ** 23n }), fc.nat(20))
  .map(([units, places]) => formatDecimal({ units, places }));
const days = fc.integer({ min: 1, max: 31 }).map((day) => `2026-10-${String(day).padStart(2, "0")}`);
const rows = fc.array(
  fc.record({ day: days, quantity: amounts, hub: fc.constantFrom("lyon", "paris") }).map((row) => ({
    ...usage(row.day, row.quantity, { hub: row.hub }),
  })),
  { maxLength: 20 },
);
const card = cardOf([
  pageBlobs(
    'free: "12345.00000000000000000001", tiers: [{ to: 1000000, price: 0.00000123 }, { from: 1000000, to: 90000000, price: 0.5 }, { from: 90000000, price: 0.07 }]',
  ),
]);

describe("a month of quantities", () => {
  it("comes to the same, to the last digit, rated whole or in parts", () => {
    fc.assert(
      fc.property(rows, fc.nat(20), (unsorted, cut) => {
        const quantities = unsorted.toSorted(compareQuantities);
        const whole = [...rateUsage({ card, quantities })];
        const early = quantities.slice(0, cut);
        const filled = () => sumOf(early.map(({ quantity }) => quantity));
        const parts = [
          ...rateUsage({ card, quantities: early }),
          ...rateUsage({ card, quantities: quantities.slice(cut), filled }),
        ];

        assert.deepEqual(parts, whole);
      }),
    );
  });

  it("comes to the same in any order, where the price stays", () => {
    fc.assert(
      fc.property(rows, (unsorted) => {
        const quantities = unsorted.toSorted(compareQuantities);
        const once = [usage("2026-10-01", sumOf(unsorted.map(({ quantity }) => quantity)))];

        assert.equal(exactTotal(rateUsage({ card, quantities })), exactTotal(rateUsage({ card, quantities: once })));
      }),
    );
  });

  it("keeps every quantity, split into lines or not", () => {
    fc.assert(
      fc.property(rows, (unsorted) => {
        const lines = [...rateUsage({ card, quantities: unsorted.toSorted(compareQuantities) })];

        assert.equal(sumOf(lines.map(({ quantity }) => quantity)), sumOf(unsorted.map(({ quantity }) => quantity)));
      }),
    );
  });

  it("costs nothing once everything is taken back", () => {
    fc.assert(
      fc.property(rows, (unsorted) => {
        const quantities = unsorted.toSorted(compareQuantities);
        const back = sumOf(["0", ...quantities.map(({ quantity }) => quantity)]);
        const taken = back.startsWith("-") ? back.slice(1) : `-${back}`;

        assert.equal(
          exactTotal(rateUsage({ card, quantities: [...quantities, usage("2026-10-31", taken, { hub: "z" })] })),
          "0",
        );
      }),
    );
  });
});

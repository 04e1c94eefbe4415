/**
 * Rates drawn usage by drawn cards, and has Python's Decimal do the same; every line has to be alike to the last digit.
 *
 * Needs python3 and nothing else of Python's, so it is no part of `npm test`:
 * `node --conditions=development tests/money/compareWithPython.ts [cards] [seed]`.
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { formatDecimal } from "../../usage/src/domain/rates/decimal.ts";
import { parseRateCard } from "../../usage/src/domain/rates/parseRateCard.ts";
import { compareQuantities, rateUsage } from "../../usage/src/domain/rates/rateUsage.ts";

const [cards = "2000", seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);

const METERS = [
  { meter: "b5c15376-6c94-4fdd-b655-1a69d138aca3", unit: "GB*hours" },
  { meter: "fab6eb84-500b-4a09-a8ca-7358f8bbaea5", unit: "Virtual core hours" },
] as const;
const TENANTS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;

const decimal = (digits: number, places: number) =>
  fc.tuple(fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n }), fc.nat(places)).map(([units, at]) => {
    return formatDecimal({ units, places: at });
  });
const price = decimal(8, 8);
const amount = decimal(24, 20);
const day = fc
  .tuple(fc.constantFrom("2026-10", "2026-11"), fc.integer({ min: 1, max: 30 }))
  .map(([month, number]) => `${month}-${String(number).padStart(2, "0")}`);

/** Tiers by ascending bounds, from 0 without gaps. */
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 3 }),
    fc.array(price, { minLength: 4, maxLength: 4 }),
  )
  .map(([bounds, prices]) => {
    const ends = bounds.toSorted((left, right) => left - right).map((bound) => String(bound / 4));
    return [...ends, undefined].map((to, index) => ({
      from: index === 0 ? "0" : (ends[index - 1] ?? "0"),
      ...(to === undefined ? {} : { to }),
      price: prices[index] ?? "0",
    }));
  });
const priced = fc.oneof(
  price.map((single) => ({ price: single })),
  tiers.map((list) => ({ tiers: list })),
);
const markup = fc
  .integer({ min: -9999, max: 20000 })
  .map((basis) => `${formatDecimal({ units: BigInt(basis), places: 2 })}%`);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const members = fc.record({ free: some(decimal(18, 20)), markup: some(markup) });

/** Rates of one meter, for all tenants or for one, one after another from day to day; the ends may be open. */
const rates = (tenantId: string | undefined) =>
  fc
    .tuple(
      fc.constantFrom(...METERS),
      fc.uniqueArray(day, { maxLength: 2 }),
      fc.array(fc.tuple(tenantId === undefined ? priced : fc.oneof(priced, fc.constant({})), members), {
        minLength: 3,
        maxLength: 3,
      }),
      fc.boolean(),
    )
    .map(([meter, changes, terms, isOpen]) => {
      const sorted = changes.toSorted();
      const ends = [isOpen ? undefined : "2026-10-03", ...sorted.filter((one) => one > "2026-10-03"), undefined];
      return ends.slice(0, -1).map((from, index) => {
        const to = ends[index + 1];
        const [own, others] = terms[index] ?? [{ price: "0" }, {}];
        return { ...meter, tenantId, from, to, ...own, ...others };
      });
    });
const drawnCard = fc
  .tuple(
    some(markup),
    fc.integer({ min: 8, max: 12 }),
    rates(undefined),
    some(rates(TENANTS[0])),
    some(rates(undefined)),
  )
  .map(([whole, pricePlaces, first, own = [], second = []]) => {
    const others = second.filter(({ meter }) => meter !== first[0]?.meter);
    return { currency: "EUR", pricePlaces: String(pricePlaces), markup: whole, rates: [...first, ...own, ...others] };
  });
const quantity = fc.tuple(amount, fc.integer({ min: 0, max: 3 })).map(([text, sign]) => {
  return sign === 0 && /[1-9]/.test(text) ? `-${text}` : text;
});
const usage = fc.array(
  fc.record({
    tenantId: fc.constantFrom(...TENANTS),
    meterId: fc.constantFrom(...METERS).map(({ meter }) => meter),
    day,
    hub: fc.constantFrom("lyon", "paris"),
    subscriptionId: fc.constantFrom("s1", "s2"),
    billedTo: fc.constantFrom("b1", "b2"),
    quantity,
  }),
  { minLength: 1, maxLength: 30 },
);

let refused = 0;
const cases = fc
  .sample(fc.tuple(drawnCard, usage, some(amount)), { numRuns: Number(cards), seed: Number(seed) })
  .flatMap(([drawn, rows, start]) => {
    const raw = JSON.stringify(drawn);
    const { card } = parseRateCard({ file: "rates.json", text: raw });
    if (!card) {
      refused += 1;
      return [];
    }
    const quantities = rows.toSorted(compareQuantities);
    const key = `${TENANTS[0]}/${METERS[0].meter}/2026-10`;
    const filled = start === undefined ? {} : { [key]: start };
    const lines = rateUsage({
      card,
      quantities,
      filled: ({ tenantId, meterId, month }) => (`${tenantId}/${meterId}/${month}` === key ? start : undefined),
    });
    return [{ card: JSON.parse(raw), quantities, filled, lines: [...lines] }];
  });

const script = fileURLToPath(new URL("recompute.py", import.meta.url));
const { status, error } = spawnSync("python3", [script], {
  input: JSON.stringify({ cases }),
  stdio: ["pipe", "inherit", "inherit"],
  maxBuffer: 2 ** 30,
});
if (error) throw error;
process.stdout.write(`${cases.length} cards of seed ${seed}; ${refused} others were refused\n`);
process.exitCode = cases.length > Number(cards) / 4 ? (status ?? 1) : 1;

import assert from "node:assert/strict";
import { meters, pageBlobs, parseYaml, tenant, told } from "./cards.ts";

const cores = (members: string) => `{ meter: Base VM Size Hours, unit: Virtual core hours, ${members} }`;
const windowsCores = (members: string) => `{ meter: Windows VM Size Hours, unit: Virtual core hours, ${members} }`;
const vmHours = (members: string) => `{ meter: VM size hours, unit: VM hours, ${members} }`;

describe("rates that are wrong", () => {
  const slips: readonly (readonly [string, readonly string[], readonly string[], string?])[] = [
    [
      "a meter that is not published",
      ["{ meter: PageBlobs, unit: GB*hours, price: 1 }"],
      ["CSP_RATES_METER_UNKNOWN 3 rates[0].meter"],
    ],
    ["no meter", ["{ unit: GB*hours, price: 1 }"], ["CSP_RATES_MISSING 3 rates[0].meter"]],
    ["another unit", ["{ meter: PageBlobCapacity, unit: GB*month, price: 1 }"], ["CSP_RATES_UNIT 3 rates[0].unit"]],
    ["no unit", ["{ meter: PageBlobCapacity, price: 1 }"], ["CSP_RATES_MISSING 3 rates[0].unit"]],
    [
      "the id of one meter and the name of another",
      [`{ meter: ${meters.pageBlobs}, name: TableCapacity, unit: GB*hours, price: 1 }`],
      ["CSP_RATES_METER_NAME 3 rates[0].name"],
    ],
    [
      "bytes",
      ["{ meter: ActualStandardDiskSize, unit: Byte*hours, price: 1 }"],
      ["CSP_RATES_BYTE_HOURS 3 rates[0].meter"],
    ],
    ["a misspelled key", [pageBlobs("prise: 1")], ["CSP_RATES_UNKNOWN_KEY 3 rates[0].prise"]],
    ["no price", [pageBlobs("free: 1")], ["CSP_RATES_MISSING 3 rates[0].price"]],
    ["a price and tiers", [pageBlobs("price: 1, tiers: [{ price: 1 }]")], ["CSP_RATES_PRICE_TWICE 3 rates[0].tiers"]],
    ["an exponent", [pageBlobs("price: 1e-5")], ["CSP_RATES_NUMBER 3 rates[0].price"]],
    ["a decimal comma", [pageBlobs('price: "1,45"')], ["CSP_RATES_NUMBER 3 rates[0].price"]],
    ["a currency beside the number", [pageBlobs("price: 1 EUR")], ["CSP_RATES_NUMBER 3 rates[0].price"]],
    [
      "a price of eleven digits before the point",
      [pageBlobs("price: 12345678901")],
      ["CSP_RATES_NUMBER 3 rates[0].price"],
    ],
    [
      "a quantity of 21 places",
      [pageBlobs('price: 1, free: "0.123456789012345678901"')],
      ["CSP_RATES_NUMBER 3 rates[0].free"],
    ],
    [
      "sixteen digits without quotes",
      [pageBlobs("price: 1, free: 123456789.1234567")],
      ["CSP_RATES_DIGITS 3 rates[0].free"],
    ],
    ["a zero with a sign", [pageBlobs("price: -0.00")], ["CSP_RATES_NUMBER 3 rates[0].price"]],
    ["a negative price", [pageBlobs("price: -0.1")], ["CSP_RATES_NEGATIVE 3 rates[0].price"]],
    ["a negative cost", [pageBlobs("price: 1, cost: -0.1")], ["CSP_RATES_NEGATIVE 3 rates[0].cost"]],
    ["nine places", [pageBlobs("price: 0.123456789")], ["CSP_RATES_PLACES 3 rates[0].price"]],
    [
      "nine places after a markup",
      [pageBlobs("price: 0.12345, markup: 0.01234%")],
      ["CSP_RATES_PLACES 3 rates[0].price"],
    ],
    [
      "nine places after the markup of the card",
      [pageBlobs("price: 0.1234567")],
      ["CSP_RATES_PLACES 4 rates[0].price"],
      "currency: EUR\nmarkup: 12.5%",
    ],
    [
      "more places than prices are rounded to",
      [pageBlobs("price: 0.125")],
      ["CSP_RATES_PLACES 4 rates[0].price"],
      "currency: EUR\npricePlaces: 2",
    ],
    [
      "a price that is rounded to nothing",
      [pageBlobs("price: 0.01, markup: -99%")],
      ["CSP_RATES_ROUNDED_AWAY 4 rates[0].price"],
      "currency: EUR\npricePlaces: 2",
    ],
    [
      "places that are no number",
      [pageBlobs("price: 1")],
      ["CSP_RATES_PRICE_PLACES 2 pricePlaces"],
      "currency: EUR\npricePlaces: 19",
    ],
    ["a markup without its sign", [pageBlobs("price: 1, markup: 10")], ["CSP_RATES_MARKUP 3 rates[0].markup"]],
    ["a markup that leaves nothing", [pageBlobs("price: 1, markup: -100%")], ["CSP_RATES_MARKUP 3 rates[0].markup"]],
    ["no currency", [pageBlobs("price: 1")], ["CSP_RATES_CURRENCY_MISSING 2 currency"], "# none"],
    [
      "a currency of one row alone",
      [pageBlobs("price: 1, currency: EUR"), cores("price: 1")],
      ["CSP_RATES_CURRENCY_MISSING 4 currency"],
      "# none",
    ],
    ["a currency that is none", [pageBlobs("price: 1")], ["CSP_RATES_CURRENCY_UNKNOWN 1 currency"], "currency: EURO"],
    ["gold", [pageBlobs("price: 1")], ["CSP_RATES_CURRENCY_UNKNOWN 1 currency"], "currency: XAU"],
    ["two currencies", [pageBlobs("price: 1, currency: USD")], ["CSP_RATES_CURRENCY_MIXED 3 rates[0].currency"]],
    ["a day that is none", [pageBlobs("price: 1, from: 2026-02-30")], ["CSP_RATES_DATE 3 rates[0].from"]],
    [
      "a period of no day",
      [pageBlobs("price: 1, from: 2026-10-01, to: 2026-10-01")],
      ["CSP_RATES_PERIOD 3 rates[0].to"],
    ],
    [
      "a first tier that does not begin at 0",
      [pageBlobs("tiers: [{ from: 1, price: 1 }]")],
      ["CSP_RATES_TIERS_GAP 3 rates[0].tiers[0].price"],
    ],
    [
      "a gap between tiers",
      [pageBlobs("tiers: [{ to: 5, price: 1 }, { from: 6, price: 1 }]")],
      ["CSP_RATES_TIERS_GAP 3 rates[0].tiers[1].price"],
    ],
    [
      "a last tier with an end",
      [pageBlobs("tiers: [{ to: 5, price: 1 }]")],
      ["CSP_RATES_TIERS_GAP 3 rates[0].tiers[0].price"],
    ],
    [
      "tiers that overlap",
      [pageBlobs("tiers: [{ to: 5, price: 1 }, { from: 4, price: 1 }]")],
      ["CSP_RATES_TIERS_OVERLAP 3 rates[0].tiers[1].price"],
    ],
    [
      "a tier behind one without end",
      [pageBlobs("tiers: [{ price: 1 }, { from: 4, price: 1 }]")],
      ["CSP_RATES_TIERS_OVERLAP 3 rates[0].tiers[1].price"],
    ],
    [
      "an empty tier",
      [pageBlobs("tiers: [{ to: 0, price: 1 }, { price: 1 }]")],
      ["CSP_RATES_TIER_EMPTY 3 rates[0].tiers[0]"],
    ],
    [
      "a tier without a price",
      [pageBlobs("tiers: [{ to: 5 }, { from: 5, price: 1 }]")],
      ["CSP_RATES_MISSING 3 rates[0].tiers[0].price"],
    ],
    ["a rate twice", [pageBlobs("price: 1"), pageBlobs("price: 1")], ["CSP_RATES_TWICE 4 rates[1]"]],
    [
      "a tenant's rate twice",
      [
        pageBlobs("price: 1"),
        pageBlobs(`tenantId: ${tenant(1)}, price: 1`),
        pageBlobs(`tenantId: ${tenant(1).toUpperCase()}, price: 2`),
      ],
      ["CSP_RATES_TWICE 5 rates[2]"],
    ],
    [
      "two rates of one day",
      [pageBlobs("to: 2026-10-02, price: 1"), pageBlobs("from: 2026-10-01, price: 1")],
      ["CSP_RATES_OVERLAP 4 rates[1]"],
    ],
    [
      "a rate inside of another",
      [pageBlobs("price: 1"), pageBlobs("from: 2026-10-01, to: 2026-10-02, price: 1")],
      ["CSP_RATES_OVERLAP 4 rates[1]"],
    ],
    [
      "two rates inside of another",
      [
        pageBlobs("price: 1"),
        pageBlobs("from: 2026-10-01, to: 2026-10-02, price: 1"),
        pageBlobs("from: 2026-10-05, price: 1"),
      ],
      ["CSP_RATES_OVERLAP 4 rates[1]", "CSP_RATES_OVERLAP 5 rates[2]"],
    ],
    [
      "a day without a rate",
      [pageBlobs("to: 2026-10-01, price: 1"), pageBlobs("from: 2026-10-02, price: 1")],
      ["CSP_RATES_GAP 4 rates[1]"],
    ],
    [
      "a tenant that is none",
      [pageBlobs("price: 1"), pageBlobs("tenantId: contoso, price: 1")],
      ["CSP_GUID_MALFORMED 4 rates[1].tenantId"],
    ],
    [
      "a tenant's discount on no price",
      [pageBlobs(`tenantId: ${tenant(1)}, markup: -5%`)],
      ["CSP_RATES_TENANT_ALONE 3 rates[0]"],
    ],
    [
      "a tenant's rate that says nothing",
      [pageBlobs("price: 1"), pageBlobs(`tenantId: ${tenant(1)}`)],
      ["CSP_RATES_TENANT_EMPTY 4 rates[1]"],
    ],
    [
      "a cost for one tenant",
      [pageBlobs("price: 1"), pageBlobs(`tenantId: ${tenant(1)}, price: 1, cost: 1`)],
      ["CSP_RATES_TENANT_COST 4 rates[1].cost"],
    ],
    ["both families of a machine", [cores("price: 1"), vmHours("price: 1")], ["CSP_RATES_VM_FAMILIES 4 rates[1]"]],
    [
      "both families, with two meters of cores",
      [vmHours("price: 1"), cores("price: 1"), windowsCores("price: 1")],
      ["CSP_RATES_VM_FAMILIES 4 rates[1]"],
    ],
    [
      "both families for one tenant",
      [cores("price: 1"), vmHours("price: 0"), vmHours(`tenantId: ${tenant(1)}, price: 1`)],
      ["CSP_RATES_VM_FAMILIES 5 rates[2]"],
    ],
    ["a misspelled currency", [pageBlobs("price: 1")], ["CSP_RATES_UNKNOWN_KEY 1 curency"], "curency: EUR"],
    [
      "nine places that a tenant's rate shows as well",
      [
        pageBlobs("price: 0.123456789"),
        pageBlobs(`tenantId: ${tenant(1)}, free: 1`),
        pageBlobs(`tenantId: ${tenant(2)}, markup: 10%`),
      ],
      ["CSP_RATES_PLACES 3 rates[0].price"],
    ],
    [
      "nine places that come of a tenant's markup",
      [pageBlobs("price: 0.12345678"), pageBlobs(`tenantId: ${tenant(1)}, markup: 10%`)],
      ["CSP_RATES_PLACES 4 rates[1]"],
    ],
    [
      "both families for all, whatever tenants have besides",
      [cores("price: 1"), vmHours("price: 1"), cores(`tenantId: ${tenant(1)}, price: 2`)],
      ["CSP_RATES_VM_FAMILIES 4 rates[1]"],
    ],
    [
      "both families for two tenants",
      [
        cores("price: 0"),
        vmHours("price: 1"),
        cores(`tenantId: ${tenant(1)}, price: 2`),
        cores(`tenantId: ${tenant(2)}, price: 2`),
      ],
      ["CSP_RATES_VM_FAMILIES 5 rates[2]", "CSP_RATES_VM_FAMILIES 6 rates[3]"],
    ],
    ["a cost in capitals", [pageBlobs("price: 1, cost: None")], ["CSP_RATES_NUMBER 3 rates[0].cost"]],
    ["no rates", [], ["CSP_RATES_EMPTY 1 rates"]],
    ["a list in the place of a price", [pageBlobs("price: [1]")], ["CSP_INPUT_TYPE 3 rates[0].price"]],
  ];
  for (const [what, rates, codes, head] of slips) {
    it(`are refused for ${what}, once`, () => {
      const parsed = parseYaml(rates, head);

      assert.deepEqual(told(parsed), codes);
      assert.equal(parsed.card, undefined);
    });
  }
});

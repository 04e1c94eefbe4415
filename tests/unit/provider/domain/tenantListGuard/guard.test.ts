import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { judgeLosses } from "../../../../../provider/src/domain/tenantListGuard/judge.ts";
import { allowedOf, formatLimit, parseLimit } from "../../../../../provider/src/domain/tenantListGuard/limit.ts";
import { countLosses, type MappingTable } from "../../../../../provider/src/domain/tenantListGuard/losses.ts";
import { readMappings, writeMappings } from "../../../../../provider/src/domain/tenantListGuard/mappingTexts.ts";
import { UNKNOWN_VALUE } from "../../../../../provider/src/domain/unknown.ts";
import { createAllowance } from "../../../../../provider/src/lifecycle/allowance.ts";
import { createLiveFindings } from "../../../../../provider/src/lifecycle/liveFindings.ts";
import { createTenantListGuard } from "../../../../../provider/src/lifecycle/tenantListGuard/lifecycle.ts";

const HUB = "/subscriptions/s/resourcegroups/g/providers/microsoft.azurestack/registrations/hub";
const ids = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
const tables: fc.Arbitrary<MappingTable> = fc.dictionary(fc.constantFrom("hub1", "hub2"), fc.dictionary(ids, ids));

describe("parseLimit", () => {
  const table: [string | number, ReturnType<typeof parseLimit>][] = [
    [5, { count: 5 }],
    ["0", { count: 0 }],
    ["10%", { share: 0.1 }],
    ["5,10%", { count: 5, share: 0.1 }],
    [" 10% 5 ", { share: 0.1, count: 5 }],
    ["5,6", undefined],
    ["101%", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["", undefined],
    ["all", undefined],
    ["1,2%,3", undefined],
    [Number.NaN, undefined],
  ];
  for (const [text, limit] of table) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseLimit(text), limit);
    });
  }

  it("reads what formatLimit writes", () => {
    assert.deepEqual(parseLimit(formatLimit({ count: 5, share: 0.25 })), { count: 5, share: 0.25 });
    assert.equal(formatLimit({ share: 0.07 }), "7%");
  });
});

describe("allowedOf", () => {
  it("takes the smaller of number and share, and never more than that share", () => {
    assert.equal(allowedOf({ count: 10, share: 0.25 }, 16), 4);
    assert.equal(allowedOf({ count: 10, share: 0.25 }, 1_000), 10);
    assert.equal(allowedOf({ count: 10, share: 0.25 }, 7), 1);
    assert.equal(allowedOf({ share: 0.25 }, 19), 4);
  });

  it("allows at least one of a share, unless it is nothing", () => {
    assert.equal(allowedOf({ share: 0.25 }, 3), 1);
    assert.equal(allowedOf({ share: 0.01 }, 1), 1);
    assert.equal(allowedOf({ share: 0 }, 100), 0);
    assert.equal(allowedOf({ count: 0, share: 0.25 }, 3), 0);
  });

  it("rounds exact shares to themselves", () => {
    for (let percent = 0; percent <= 100; percent += 1) assert.equal(allowedOf({ share: percent / 100 }, 100), percent);
  });
});

describe("countLosses", () => {
  it("finds nothing between equal tables", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { removals, moves } = countLosses(table, structuredClone(table));
        assert.equal(removals.length + moves.length, 0);
      }),
    );
  });

  it("accounts for every mapping that is not declared as it was", () => {
    fc.assert(
      fc.property(tables, tables, (managed, declared) => {
        const { removals, moves, managed: total } = countLosses(managed, declared);
        const kept = Object.entries(managed)
          .flatMap(([hub, tenants]) => Object.entries(tenants).map(([tenant, to]) => declared[hub]?.[tenant] === to))
          .filter(Boolean).length;
        assert.equal(removals.length + moves.length + kept, total);
      }),
    );
  });
});

describe("judgeLosses", () => {
  it("never lets more through than the limits and the confirmed numbers say", () => {
    const limits = fc.record({ count: fc.nat(4), share: fc.constantFrom(0, 0.1, 0.5, 1) });
    const confirmed = fc.option(fc.nat(6), { nil: undefined });
    fc.assert(
      fc.property(
        tables,
        tables,
        limits,
        limits,
        confirmed,
        (managed, declared, maxRemovals, maxMoves, confirmedMoves) => {
          const losses = countLosses(managed, declared);
          const extra = confirmedMoves === undefined ? {} : { confirmedMoves };
          const stopped = judgeLosses(losses, { maxRemovals, maxMoves, ...extra }).map(({ path }) => path);

          const tooManyRemovals = losses.removals.length > allowedOf(maxRemovals, losses.managed);
          const tooManyMoves = losses.moves.length > allowedOf(maxMoves, losses.managed);
          assert.equal(stopped.includes("maxRemovals"), tooManyRemovals);
          assert.equal(stopped.includes("maxMoves"), tooManyMoves && losses.moves.length !== confirmedMoves);
        },
      ),
    );
  });

  it("names a few tenants and counts the rest", () => {
    const managed = {
      [HUB]: Object.fromEntries(Array.from({ length: 9 }, (_, row) => [`tenant-${row}`, `sub-${row}`])),
    };
    const limits = { maxRemovals: { count: 1 }, maxMoves: { count: 1 } };

    const [found] = judgeLosses(countLosses(managed, {}), limits);

    assert.equal(found?.code, "CSP_GUARD_REMOVALS");
    assert.match(
      found?.message ?? "",
      /9 of 9 .*tenant-4 \(sub-4\) and 4 more.*confirmedRemovals: 9, or AZURESTACK_CSP_CONFIRMED_REMOVALS=9/s,
    );
  });
});

describe("readMappings", () => {
  it("reads back what writeMappings wrote", () => {
    const written = fc.dictionary(fc.constantFrom("hub1", "hub2"), fc.dictionary(fc.uuid(), fc.uuid()));
    fc.assert(
      fc.property(fc.oneof(written, tables), (table) => {
        assert.deepEqual(readMappings(writeMappings(table)), JSON.parse(JSON.stringify(table)));
      }),
    );
  });
});

describe("writeMappings", () => {
  const [first, second] = ["0b7d9f3e-4a52-4c1e-8f70-1d2c3b4a5968", "f0e1d2c3-b4a5-4687-9796-a5b4c3d2e1f0"];

  it("takes 46 characters a mapping", () => {
    assert.equal(writeMappings({ [HUB]: { [first]: second, [second]: first } })[HUB]?.length, 2 * 46 - 1);
  });

  it("does not depend on the order of rows", () => {
    const one = writeMappings({ [HUB]: { [first]: second, [second]: first } });

    assert.deepEqual(one, writeMappings({ [HUB]: { [second]: first, [first]: second } }));
  });
});

describe("createTenantListGuard", () => {
  const guard = createTenantListGuard(createAllowance(), createLiveFindings());
  const before = { mappings: writeMappings({ [HUB]: { a: "1", b: "2", c: "3" } }) };
  const limits = { maxRemovals: "10,25%", maxMoves: "10,25%" };
  const check = (news: object) => guard.check({ ...limits, ...news }, before).failures;

  it("lets a first run pass, whatever it declares", () => {
    assert.deepEqual(guard.check({ ...limits, mappings: {}, maxRemovals: 0 }, {}).failures, []);
  });

  it("stops an emptied list", () => {
    assert.deepEqual(
      check({ mappings: {} }).map(({ property }) => property),
      ["maxRemovals"],
    );
  });

  it("stops a shifted list, which moves everybody and removes nobody", () => {
    const shifted = writeMappings({ [HUB]: { a: "2", b: "3", c: "1" } });

    assert.deepEqual(
      check({ mappings: shifted }).map(({ property }) => property),
      ["maxMoves"],
    );
  });

  it("lets a confirmed number pass, and no other", () => {
    assert.deepEqual(check({ mappings: {}, confirmedRemovals: 3 }), []);
    assert.equal(check({ mappings: {}, confirmedRemovals: 2 }).length, 1);
    assert.equal(check({ mappings: {}, confirmedRemovals: "4" }).length, 1);
  });

  for (const value of [true, [3], { 3: 3 }, Number.NaN, 3.5, -3]) {
    it(`refuses ${inspect(value)} as a confirmed number`, () => {
      const failures = check({ mappings: {}, maxRemovals: 3, confirmedRemovals: value });

      assert.deepEqual(
        failures.map(({ property }) => property),
        ["confirmedRemovals"],
      );
    });
  }

  it("refuses limits that are none, all at once", () => {
    const failures = check({ mappings: {}, maxRemovals: "many", maxMoves: true, confirmedRemovals: "some" });

    assert.deepEqual(failures.map(({ property }) => property).sort(), ["confirmedRemovals", "maxMoves", "maxRemovals"]);
  });

  for (const property of ["mappings", "maxRemovals", "maxMoves"]) {
    it(`refuses a run in which ${property} is missing, as where it comes from a stack that has failed`, () => {
      const failures = check({ ...before, [property]: undefined });

      assert.deepEqual(
        failures.map((failure) => failure.property),
        [property],
      );
      assert.match(failures[0]?.reason ?? "", /^\[CSP_GUARD_INPUT_MISSING\]/);
    });
  }

  for (const mappings of ["abc", { hub: null }, { hub: 5 }, [1]]) {
    it(`refuses ${inspect(mappings)} as mappings`, () => {
      assert.deepEqual(
        check({ mappings }).map(({ property, reason }) => [property, /^\[(\w+)\]/.exec(reason)?.[1]]),
        [["mappings", "CSP_INPUT_TYPE"]],
      );
    });
  }

  it("lets a preview pass that does not know its inputs yet", () => {
    assert.deepEqual(check({ mappings: UNKNOWN_VALUE, maxRemovals: UNKNOWN_VALUE, maxMoves: UNKNOWN_VALUE }), []);
  });

  describe("told what is live", () => {
    const live = (mappings: Readonly<Record<string, string>>) => ({ live: writeMappings({ [HUB]: mappings }) });

    it("counts nothing for what is not live: a customer never registered, or one of another tenant by now", () => {
      assert.deepEqual(check({ mappings: {}, ...live({ 1: "a", 3: "d" }) }), []);
    });

    it("takes shares of what is left, and stops at what is live", () => {
      const [failure, ...more] = check({ mappings: {}, ...live({ 1: "a", 2: "b" }) });

      assert.deepEqual(more, []);
      assert.match(failure?.reason ?? "", /2 of 2 /);
    });

    it("counts what it cannot tell: a registration that was not read, a tenant that the service does not give", () => {
      for (const unknown of [
        { live: {} },
        { live: { other: "" } },
        { live: UNKNOWN_VALUE },
        live({ 1: "", 2: "", 3: "" }),
      ]) {
        assert.match(check({ mappings: {}, ...unknown })[0]?.reason ?? "", /3 of 3 /);
      }
    });

    it("takes the number that is remembered for a confirmation of the part that is live", () => {
      const two = live({ 1: "a", 2: "b" });

      assert.deepEqual(check({ mappings: {}, ...two, confirmedRemovals: 3 }), []);
      assert.deepEqual(check({ mappings: {}, ...two, confirmedRemovals: 2 }), []);
      assert.equal(check({ mappings: {}, ...two, confirmedRemovals: 4 }).length, 1);
    });

    it("keeps it out of the state", () => {
      const inputs = { ...limits, mappings: {} };

      assert.deepEqual(guard.check({ ...inputs, ...live({ 1: "a" }) }, {}).inputs, inputs);
    });
  });

  it("never shows as a change", async () => {
    assert.deepEqual(await guard.diff({ id: "guard", outputs: {}, inputs: { mappings: {} } }), {
      changes: false,
      replaces: [],
    });
  });
});

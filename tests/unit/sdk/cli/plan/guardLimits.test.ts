import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_LIMIT, judgeLosses, type Losses } from "@azurestack-csp/provider";
import {
  confirmLosses,
  limitsOf,
  limitsOfExactly,
  planLimitsOf,
} from "../../../../../sdk/nodejs/src/cli/plan/guardLimits.ts";
import { judgePlan } from "../../../../../sdk/nodejs/src/cli/plan/guardRun.ts";

/** So many removals and moves, of a hundred mappings. */
function losses(removals: number, moves: number): Losses {
  const loss = { registration: "hub", tenantId: "t", from: "s", to: undefined };
  return { managed: 100, removals: Array(removals).fill(loss), moves: Array(moves).fill({ ...loss, to: "s2" }) };
}

describe("limitsOfExactly", () => {
  it("lets pass what was judged, and not one more", () => {
    const limits = limitsOfExactly(losses(3, 2));

    assert.deepEqual(judgeLosses(losses(3, 2), limits), []);
    assert.deepEqual(
      judgeLosses(losses(4, 3), limits).map(({ code }) => code),
      ["CSP_GUARD_REMOVALS", "CSP_GUARD_MOVES"],
    );
  });

  it("lets nothing pass where nothing was lost", () => {
    assert.equal(judgeLosses(losses(1, 1), limitsOfExactly(losses(0, 0))).length, 2);
  });
});

describe("limitsOf", () => {
  const confirmed = { AZURESTACK_CSP_CONFIRMED_REMOVALS: "30", AZURESTACK_CSP_CONFIRMED_MOVES: "40" };

  it("is ten, and no more than a quarter, where nothing is said", () => {
    assert.deepEqual(limitsOf({}, {}), { maxRemovals: DEFAULT_LIMIT, maxMoves: DEFAULT_LIMIT });
  });

  it("is what the command line says, each by itself", () => {
    assert.deepEqual(limitsOf({ maxRemovals: { count: 1 } }, {}), {
      maxRemovals: { count: 1 },
      maxMoves: DEFAULT_LIMIT,
    });
  });

  it("lets pass the exact numbers that the environment confirms, and no others", () => {
    const limits = limitsOf({}, confirmed);

    assert.deepEqual(judgeLosses(losses(30, 40), limits), []);
    assert.equal(judgeLosses(losses(31, 41), limits).length, 2);
    assert.equal(judgeLosses(losses(29, 39), limits).length, 2);
  });

  it("takes what is no number for no confirmation", () => {
    for (const text of ["", "30 removals", "-30", "3e1", "30.0"]) {
      assert.equal(limitsOf({}, { AZURESTACK_CSP_CONFIRMED_REMOVALS: text }).confirmedRemovals, undefined, text);
    }
  });
});

describe("planLimitsOf", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "azurestack-csp-limits-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Judges so many removals and moves beside a program, whose project and stack are configured so. */
  async function judged(
    options: Parameters<typeof planLimitsOf>[0],
    { project = "", stack = "" }: { readonly project?: string; readonly stack?: string } = {},
  ) {
    await writeFile(join(folder, "Pulumi.yaml"), `name: shop\nruntime: nodejs\n${project}`);
    await writeFile(join(folder, "Pulumi.test.yaml"), stack);
    return planLimitsOf(options, { env: {}, program: { folder, stack: "test" } });
  }

  it("holds a list alone to the usual limits", () => {
    const { limits, unknown } = planLimitsOf({}, { env: {}, program: undefined });

    assert.equal(judgeLosses(losses(100, 100), limits).length, 2);
    assert.deepEqual(unknown, []);
  });

  it("knows no limits that stand in a program alone, and judges nothing by them", async () => {
    const { limits, unknown } = await judged({});

    assert.deepEqual(judgeLosses(losses(100, 100), limits), []);
    assert.deepEqual(unknown, ["maxRemovals", "maxMoves"]);
  });

  it("holds a program to what the command line says, before its configuration", async () => {
    const stack = "config:\n  shop:maxMoves: 100%\n";

    const { limits, unknown } = await judged({ maxMoves: { count: 0 } }, { stack });

    assert.deepEqual(
      judgeLosses(losses(100, 1), limits).map(({ code }) => code),
      ["CSP_GUARD_MOVES"],
    );
    assert.deepEqual(unknown, ["maxRemovals"]);
  });

  it("holds a program to its configuration: the stack's, else the project's", async () => {
    const project = "config:\n  maxRemovals: { default: 10% }\n  shop:maxMoves: { value: 3 }\n";

    const ofProject = await judged({}, { project });
    const ofStack = await judged({}, { project, stack: "config:\n  shop:maxRemovals: 2\n  other:maxMoves: 9\n" });

    const { maxRemovals, maxMoves } = ofProject.limits;
    assert.deepEqual([maxRemovals, maxMoves, ofProject.unknown], [{ share: 0.1 }, { count: 3 }, []]);
    assert.deepEqual([ofStack.limits.maxRemovals, ofStack.limits.maxMoves], [{ count: 2 }, { count: 3 }]);
  });

  it("takes the numbers that the configuration confirms, and those of the environment before them", async () => {
    const stack = 'config:\n  shop:maxRemovals: 0\n  shop:confirmedRemovals: 30\n  shop:confirmedMoves: "7"\n';
    const { limits } = await judged({}, { stack });
    const env = { AZURESTACK_CSP_CONFIRMED_REMOVALS: "31" };
    const forOneRun = planLimitsOf({}, { env, program: { folder, stack: "test" } }).limits;

    assert.deepEqual([limits.confirmedRemovals, limits.confirmedMoves], [30, 7]);
    assert.deepEqual([forOneRun.confirmedRemovals, forOneRun.confirmedMoves], [31, 7]);
  });

  it("does not know a limit that is encrypted, whatever the project says", async () => {
    const { unknown } = await judged(
      {},
      { project: "config:\n  maxRemovals: 5\n", stack: "config:\n  shop:maxRemovals: { secure: v1:abc }\n" },
    );

    assert.ok(unknown.includes("maxRemovals"));
  });

  it("says what is no limit, at which the program's guard stops every run", async () => {
    const { unusable } = await judged({}, { stack: "config:\n  shop:maxRemovals: many\n" });
    const run = { list: { registrations: [], tenants: [] }, managed: [], renewals: [] };

    assert.deepEqual(
      unusable.map(({ code }) => code),
      ["CSP_GUARD_LIMIT"],
    );
    assert.equal(judgePlan(await judged({}, { stack: "config:\n  shop:maxRemovals: many\n" }), run).problems.length, 1);
  });
});

describe("confirmLosses", () => {
  it("tells a program's guard the exact number of what the command line permits, and of nothing else", () => {
    assert.deepEqual(confirmLosses(losses(3, 2), {}), {});
    assert.deepEqual(confirmLosses(losses(3, 2), { maxRemovals: { count: 5 } }), {
      AZURESTACK_CSP_CONFIRMED_REMOVALS: "3",
    });
    assert.deepEqual(confirmLosses(losses(3, 2), { maxMoves: { share: 1 } }), { AZURESTACK_CSP_CONFIRMED_MOVES: "2" });
  });

  it("tells it as removals what goes over with a Hub, by one number, and nothing that was not permitted", () => {
    const renewed = { registration: "old", tenantId: "t", from: "s", to: "s", toRegistration: "new" };
    const lost = (removals: number): Losses => ({ ...losses(removals, 0), moves: [renewed, renewed] });
    const maxMoves = { count: 2 };

    assert.deepEqual(confirmLosses(lost(0), { maxMoves }), {
      AZURESTACK_CSP_CONFIRMED_REMOVALS: "2",
      AZURESTACK_CSP_CONFIRMED_MOVES: "0",
    });
    assert.deepEqual(confirmLosses(lost(3), { maxMoves }), { AZURESTACK_CSP_CONFIRMED_MOVES: "0" });
    assert.deepEqual(confirmLosses(lost(3), { maxRemovals: { count: 3 } }), {});
    assert.deepEqual(confirmLosses(lost(3), { maxMoves, maxRemovals: { count: 3 } }), {
      AZURESTACK_CSP_CONFIRMED_REMOVALS: "5",
      AZURESTACK_CSP_CONFIRMED_MOVES: "0",
    });
  });
});

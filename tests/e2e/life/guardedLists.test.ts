import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import fc from "fast-check";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { cases, randomSeed } from "../../support/effort.ts";
import { type CommandResult, createStack, type Stack } from "../../support/pulumiCommand.ts";
import { assertFailed, assertSucceeded, writesOf } from "../../support/tenantStack.ts";
import { customer, hub, otherHub, smallWorld } from "../dangerous/support/smallWorld.ts";
import { anyRows } from "../story/anyRows.ts";
import { assertLive, listOf, type Rows } from "../story/twoHubs.ts";

const CUSTOMERS = 6;
const seed = randomSeed();
const settings = { removals: "maxRemovals", moves: "maxMoves" } as const;
const codes = { removals: "CSP_GUARD_REMOVALS", moves: "CSP_GUARD_MOVES" } as const;

type Kind = keyof typeof settings;
type Losses = Readonly<Record<Kind, number>>;

const everybody: Rows = new Map(
  Array.from({ length: CUSTOMERS }, (_, number) => {
    const { first, second } = customer(number);
    return [number, { hub: first, other: second }] as const;
  }),
);

/** A list, what is tried to be limited too tightly, and how a limit is written. */
const anyStep = fc.record({
  rows: anyRows(CUSTOMERS),
  kind: fc.constantFrom<Kind>("removals", "moves"),
  form: fc.constantFrom("number", "share", "both"),
});

const steps = fc.sample(anyStep, { seed, numRuns: cases(3, 12) });

describe(`the guard, from any list to any other (seed ${seed})`, () => {
  let azure: Emulator;
  let stack: Stack;
  let rows = everybody;

  before(async () => {
    azure = await createEmulator({ world: smallWorld() });
    stack = await createStack({ program: workspaceRoot, azure });
    await declare(everybody);
    assertSucceeded(await upWithin({ removals: 0, moves: 0 }, "number"));
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  beforeEach(() => azure.resetJournal());

  for (const [index, { rows: next, kind, form }] of steps.entries()) {
    it(`lets through as many ${kind} as its limits say, and no more (${index + 1} of ${steps.length})`, async () => {
      const lost = countLosses(rows, next);
      await declare(next);

      if (lost[kind] > 0) {
        const stopped = await upWithin({ ...lost, [kind]: lost[kind] - 1 }, form);
        assert.ok(assertFailed(stopped).includes(`[${codes[kind]}] ${lost[kind]} of ${managed()} `), stopped.stdout);
        assert.deepEqual(writesOf(azure), []);
        assertLive(azure, rows);
      }

      assertSucceeded(await upWithin(lost, form));
      assertLive(azure, next);
      rows = next;
    });
  }

  async function declare(list: Rows): Promise<void> {
    await writeFile(join(stack.program, "tenants.yaml"), listOf(list));
  }

  async function upWithin(allowed: Losses, form: string): Promise<CommandResult> {
    const limits = (["removals", "moves"] as const).flatMap((kind) => [
      "--config",
      `${settings[kind]}=${limitOf(allowed[kind], form)}`,
    ]);
    return await stack.up(...limits);
  }

  /** A limit that lets exactly so many through. */
  function limitOf(count: number, form: string): string {
    if (form === "number") return String(count);
    const share = managed() === 0 ? 100 : Math.ceil((100 * count) / managed());
    return form === "share" ? `${share}%` : `${count},100%`;
  }

  function managed(): number {
    return [hub, otherHub].reduce((sum, place) => sum + azure.facts.customerSubscriptions(place).length, 0);
  }
});

/** What tenants lose on a Hub between two lists: their mapping, or the subscription that they are mapped to. */
function countLosses(before: Rows, after: Rows): Losses {
  const changed = [...before].flatMap(([number, row]) =>
    (["hub", "other"] as const)
      .filter((key) => row[key] !== undefined && row[key] !== after.get(number)?.[key])
      .map((key) => after.get(number)?.[key]),
  );
  const removals = changed.filter((to) => to === undefined).length;
  return { removals, moves: changed.length - removals };
}

import type { World } from "@azurestack-csp/emulator";
import { beginReconciled } from "../../e2e/reconcile/support/beginReconciled.ts";
import { createListFolder } from "../../e2e/reconcile/support/listFolder.ts";
import { startOurs, startReconcile } from "../../e2e/reconcile/support/reconcileCommand.ts";
import { mappingOf, worldWith } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import type { RunningCommand } from "../../support/pulumiCommand.ts";
import type { StackFiles } from "../../support/stackFiles.ts";
import { assertSucceeded, createTenantStack, type Row } from "../../support/tenantStack.ts";
import type { WayOut } from "./judge.ts";
import { placesOf } from "./lists.ts";
import type { Action, Situation } from "./situation.ts";

/** An Azure, a list and a stack of their own. */
export interface KillPlace {
  readonly azure: HoldingEmulator;
  /** Variables of every command. */
  readonly env: Readonly<Record<string, string>>;
  /** How long a run takes here that is not killed. */
  readonly durationInMs: number;
  declare(rows: readonly Row[]): Promise<void>;
  start(action: Action): RunningCommand;
  /** Starts what leads out of what a run of the action has said. */
  startWayOut(wayOut: WayOut, action: Action): RunningCommand;
  /** Frees a stack by hand from a lock of Pulumi's. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a place where the rows are registered already: by the stack, or for an `adopt` by somebody else. */
export function openKillPlace(
  { action, hasCheckpoints }: Pick<Situation, "action" | "hasCheckpoints">,
  rows: readonly Row[],
): Promise<KillPlace> {
  const isProgram = action === "up" || action === "up without checkpoints" || action === "destroy";
  return isProgram ? openProgram(rows) : openListFolder({ action, hasCheckpoints }, rows);
}

const PERMITTED = ["--max-removals", "100%", "--max-moves", "100%"];
const RECONCILE = ["--stack", "test", ...PERMITTED];

/** Nothing is locked, so that everything can be removed. */
const world: World = { ...worldWith([]), locks: [] };

/** The root program, whose guard permits everything. */
async function openProgram(rows: readonly Row[]): Promise<KillPlace> {
  const { files, durationInMs } = await startWith(rows);
  const azure = await createHoldingEmulator({ world });
  register(azure, rows);
  const stack = await createTenantStack({ azure, rows, from: files });
  const start = (action: Action, ...args: readonly string[]) => {
    const env = action === "up without checkpoints" ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {};
    return stack.start([action === "destroy" ? "destroy" : "up", "--yes", "--skip-preview", ...args], env);
  };
  return {
    azure,
    env: stack.env,
    durationInMs,
    declare: stack.declare,
    start: (action) => start(action),
    startWayOut(wayOut, action) {
      const place = { folder: stack.program, env: stack.env };
      if (wayOut === "reconcile") return startReconcile(place, ...RECONCILE);
      return start(action, ...(wayOut === "refresh" ? ["--refresh"] : []));
    },
    async cancel() {
      if ((await stack.run(["cancel", "--yes"])).code === 0) return;
      // What a Pulumi that was killed while it wrote leaves torn, it cannot read itself; any command of ours mends it.
      await startOurs({ folder: stack.program, env: stack.env }, "plan", "--stack", "test").result;
      assertSucceeded(await stack.run(["cancel", "--yes"]));
    },
    async close() {
      azure.release();
      await stack.remove();
      await azure.close();
    },
  };
}

/** A folder with nothing but a list, where the built-in program runs. */
async function openListFolder(
  { action, hasCheckpoints }: Pick<Situation, "action" | "hasCheckpoints">,
  rows: readonly Row[],
): Promise<KillPlace> {
  const azure = await createHoldingEmulator({ world });
  const list = await createListFolder(azure, rows);
  const place = { ...list, env: { ...list.env, ...(hasCheckpoints ? { PULUMI_SKIP_CHECKPOINTS: "false" } : {}) } };
  const start = (wanted: Action) => {
    if (wanted === "adopt") return startOurs(place, "adopt", "--yes", "--stack", "test", "--create-stack");
    return startReconcile(place, ...argumentsOf(wanted));
  };
  if (action === "adopt") register(azure, rows);
  const { durationInMs } =
    action === "adopt" ? await measureAdopt(rows) : await beginReconciled(azure, list, ...argumentsOf(action));
  return {
    azure,
    env: place.env,
    durationInMs,
    declare: list.declare,
    start,
    startWayOut: (_wayOut, wanted) => start(wanted),
    cancel: async () => undefined,
    async close() {
      azure.release();
      await list.remove();
      await azure.close();
    },
  };
}

function argumentsOf(action: Action): readonly string[] {
  return action === "reconcile per registration" ? [...RECONCILE, "--stack-per-registration"] : RECONCILE;
}

function register(azure: HoldingEmulator, rows: readonly Row[]): void {
  for (const row of rows) {
    for (const registration of placesOf(row)) azure.facts.putCustomerSubscription(mappingOf(registration, row));
  }
}

/** What an `up` left that all places of a program begin with. */
interface Start {
  readonly files: StackFiles;
  readonly durationInMs: number;
}

const starts = new Map<string, Promise<Start>>();

function startWith(rows: readonly Row[]): Promise<Start> {
  return once(starts, JSON.stringify(rows), async () => {
    const stack = await createTenantStack({ world, rows });
    try {
      const startedAt = performance.now();
      assertSucceeded(await stack.up());
      return { durationInMs: performance.now() - startedAt, files: await stack.files() };
    } finally {
      await stack.remove();
    }
  });
}

const adopts = new Map<string, Promise<Pick<Start, "durationInMs">>>();

function measureAdopt(rows: readonly Row[]): Promise<Pick<Start, "durationInMs">> {
  return once(adopts, JSON.stringify(rows), async () => {
    const azure = await createHoldingEmulator({ world });
    const list = await createListFolder(azure, rows);
    try {
      register(azure, rows);
      const startedAt = performance.now();
      assertSucceeded(await startOurs(list, "adopt", "--yes", "--stack", "test", "--create-stack").result);
      return { durationInMs: performance.now() - startedAt };
    } finally {
      await list.remove();
      await azure.close();
    }
  });
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

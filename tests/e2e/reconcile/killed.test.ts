import assert from "node:assert/strict";
import type { FaultRule } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, grenobleSecond, horizon, marchal } from "../../support/customers.ts";
import { withTime } from "../../support/effort.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import { assertLive, assertSucceeded, type Row, writesOf } from "../../support/tenantStack.ts";
import { createListFolder, journalsIn, type ListFolder } from "./support/listFolder.ts";
import { type CommandPlace, reconcile, startReconcile } from "./support/reconcileCommand.ts";

type Moment = Omit<FaultRule, "what">;

/** A run that is killed, and the list that the next one is given. */
interface KilledRun {
  readonly title: string;
  /** What is registered before; nothing by default. */
  readonly before?: readonly Row[];
  readonly wanted: readonly Row[];
  /** Where it is killed, run by run. */
  readonly moments: readonly Moment[];
  readonly next: readonly Row[];
}

const amongWrites: KilledRun = {
  title: "among its writes, leaves nothing live and unmanaged when a row is taken out before the next run",
  wanted: [delmas, garance],
  moments: [{ match: { method: "PUT" }, nth: 2, when: "afterCommit" }],
  next: [garance, horizon],
};

const removal: KilledRun = {
  title: "when a removal is carried out and not answered, is completed by a run whose list has the row again",
  before: [delmas, garance, horizon, marchal],
  wanted: [delmas, garance, horizon],
  moments: [{ match: { method: "DELETE" }, when: "afterCommit" }],
  next: [delmas, garance, horizon, marchal],
};

const others: readonly KilledRun[] = [
  {
    ...amongWrites,
    title: "while it verifies, leaves nothing live and unmanaged when a row is taken out before the next run",
    moments: [{ match: { operation: "CustomerSubscriptions_List" }, nth: 3, when: "before" }],
  },
  {
    title: "when a move is carried out and not answered, leaves nothing behind when the row is taken out",
    before: [grenoble, garance],
    wanted: [grenobleSecond, garance],
    moments: [{ match: { method: "PUT" }, when: "afterCommit" }],
    next: [garance],
  },
  {
    ...amongWrites,
    title: "twice, still knows what the first run wrote",
    moments: [
      { match: { method: "PUT" }, when: "afterCommit" },
      { match: { operation: "CustomerSubscriptions_Get" }, when: "before" },
    ],
  },
];

/** The state written once at the end of a run, and twice for each resource; the soak test kills at every request. */
const settings = [
  { setting: "its state written once", env: {}, runs: withTime([amongWrites, removal], others) },
  { setting: "checkpoints", env: { PULUMI_SKIP_CHECKPOINTS: "false" }, runs: withTime([amongWrites], [removal]) },
];

for (const { setting, env, runs } of settings) {
  describe(`a reconcile with ${setting}, killed`, () => {
    let azure: HoldingEmulator;
    let list: ListFolder;
    let place: CommandPlace;

    beforeEach(async () => {
      azure = await createHoldingEmulator();
      list = await createListFolder(azure, []);
      place = { folder: list.folder, env: { ...list.env, ...env } };
    });

    afterEach(async () => {
      azure.release();
      await list.remove();
      await azure.close();
    });

    for (const { title, before, wanted, moments, next } of runs) {
      it(title, async () => {
        if (before) await apply(before);
        await list.declare(wanted);
        for (const moment of moments) await kill(moment);

        await apply(next);

        assertLive(azure, next);
        assert.deepEqual(await journalsIn(list), []);
        azure.resetJournal();
        await apply(next);
        assert.deepEqual(writesOf(azure), []);
      });
    }

    async function apply(rows: readonly Row[]): Promise<void> {
      await list.declare(rows);
      assertSucceeded(await reconcile(place, "--stack", "test"));
    }

    async function kill(moment: Moment): Promise<void> {
      const reached = azure.hold(moment);
      const running = startReconcile(place, "--stack", "test");
      await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
      killTree(running.pid);
      await running.result;
      azure.release();
    }
  });
}

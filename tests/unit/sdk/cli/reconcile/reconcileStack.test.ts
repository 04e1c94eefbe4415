import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import type { FindGivers, ReconcileJob } from "../../../../../sdk/nodejs/src/cli/reconcile/job.ts";
import { reconcileStack } from "../../../../../sdk/nodejs/src/cli/reconcile/reconcileStack.ts";
import { journalOf } from "../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { exportStack } from "../../../../../sdk/nodejs/src/cli/stacks/state/stackState.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import {
  createLockedWorld,
  createWorld,
  mapping,
  notAuthorized,
  paris,
  serviceFailed,
  writes,
} from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { customersIn, listOf, resource, write } from "./customers.ts";
import { createReconcileJob, type TestJob, type TestJobOptions } from "./reconcileJob.ts";

if (process.platform !== "win32") {
  describe("reconcileStack", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", []);
    });

    afterEach(() => pulumi.remove());

    const jobOf = (options: TestJobOptions) => createReconcileJob(pulumi, options);
    /** Takes over from nobody, unless a test says otherwise. */
    const reconcile = (job: ReconcileJob, findGivers: FindGivers = async () => []) => reconcileStack(job, findGivers);
    const held = async () => customersIn(await pulumi.resources("test"));
    /** What locks and journals are left behind. */
    const left = () => readdir(pulumi.runs);
    const journal = () => journalOf({ path: pulumi.runs }, "test");

    it("keeps in its journal what it writes until the state holds it, and leaves none behind", async () => {
      const beforeEnd = async () => assert.deepEqual(await journal().read(), [write(1), write(2)]);

      const { verification } = await reconcile(jobOf({ client: createWorld(), declared: [1, 2], beforeEnd }));

      assert.deepEqual(await left(), []);
      assert.equal(verification.confirmed, 2);
    });

    it("leaves no journal of an interrupted run behind where nothing is left to do", async () => {
      const client = createWorld([mapping(1, 1)]);
      await pulumi.put("test", [resource(1)]);
      await journal().write([write(1)]);
      const job = jobOf({ client, declared: [1] });

      await reconcile(job);

      assert.deepEqual(job.operations, ["preview"]);
      assert.deepEqual(await left(), []);
    });

    it("leaves a customer alone who is taken out of state and list by hand after a run that came to its end", async () => {
      const client = createWorld();
      await reconcile(jobOf({ client, declared: [1, 2] }));
      await pulumi.put("test", [resource(2)]);

      await reconcile(jobOf({ client, declared: [2] }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 2)]);
      assert.deepEqual(await held(), [2]);
    });

    it("keeps in its journal what an interrupted run wrote before, and it only adopts", async () => {
      await journal().write([write(1)]);
      const beforeEnd = async () => assert.deepEqual(await journal().read(), [write(1), write(2)]);

      await reconcile(jobOf({ client: createWorld([mapping(1, 1)]), declared: [1, 2], beforeEnd }));
    });

    it("takes in what a failed run wrote all the same, and leaves no journal", async () => {
      const client = createWorld();
      const failing = jobOf({ client, declared: [1], beforeEnd: () => Promise.reject(serviceFailed()) });

      await assert.rejects(reconcile(failing), { code: "CSP_SERVICE_FAILED" });

      assert.deepEqual(await held(), [1]);
      assert.deepEqual(await left(), []);
    });

    it("keeps the journal of a failed run whose writes cannot be looked up, and says so", async () => {
      const client = createWorld();
      const beforeEnd = () => {
        client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });
        throw serviceFailed();
      };
      const failing = jobOf({ client, declared: [1], beforeEnd });

      await assert.rejects(reconcile(failing), { code: "CSP_SERVICE_FAILED" });

      assert.deepEqual(await journal().read(), [write(1)]);
      assert.match(failing.terminal.said.join("\n"), /could not be looked up: \[CSP_NOT_AUTHORIZED\]/);
    });

    it("keeps the journal of an interrupted run, for the next one to settle", async () => {
      const client = createWorld();
      const interrupted = jobOf({
        client,
        declared: [1],
        beforeEnd: (job) => {
          job.interruption.abort();
          throw serviceFailed();
        },
      });
      await assert.rejects(reconcile(interrupted), { name: "AbortError" });
      assert.deepEqual(await left(), ["test.journal.jsonl"]);

      await reconcile(jobOf({ client, declared: [2] }));

      assert.deepEqual(client.mappings(paris), [mapping(2, 2)]);
    });

    it("ends as interrupted where it was interrupted and came to its end all the same", async () => {
      const beforeEnd = ({ interruption }: TestJob) => interruption.abort();

      await assert.rejects(reconcile(jobOf({ client: createWorld(), declared: [1], beforeEnd })), {
        name: "AbortError",
      });

      assert.deepEqual(await held(), [1]);
      assert.deepEqual(await left(), []);
    });

    it("stops at the guard before anything is asked of the engine", async () => {
      const client = createWorld([mapping(1, 1), mapping(2, 2)]);
      await pulumi.put("test", [resource(1), resource(2)]);
      const job = jobOf({ client, declared: [1], limits: { maxRemovals: { count: 0 }, maxMoves: { count: 0 } } });

      await assert.rejects(reconcile(job), /\[CSP_GUARD_REMOVALS\]/);

      assert.deepEqual(job.operations, []);
    });

    it("counts for the guard what it takes over from other stacks, before it takes it over", async () => {
      const client = createWorld([mapping(2, 2)]);
      await pulumi.put("test.paris", [resource(2, { stack: "test.paris" })]);
      const findGivers = async () => [await exportStack(pulumi.project, "test.paris")];
      const limits = { maxRemovals: { count: 0 }, maxMoves: { count: 0 } };

      await assert.rejects(reconcile(jobOf({ client, declared: [], limits }), findGivers), /\[CSP_GUARD_REMOVALS\]/);

      assert.deepEqual(await pulumi.imports(), []);
    });

    it("verifies that what it took over from other stacks and removed is gone", async () => {
      const client = createWorld([mapping(2, 2)]);
      await pulumi.put("test.paris", [resource(2, { stack: "test.paris" })]);
      const findGivers = async () => [await exportStack(pulumi.project, "test.paris")];
      const silent = { ...client, deleteCustomerSubscription: async () => "deleted" as const };

      const { verification } = await reconcile(jobOf({ client: silent, declared: [] }), findGivers);

      assert.deepEqual(verification.remaining, [resource(2).id]);
    });

    it("stops where the program declares another list than was checked", async () => {
      const job = jobOf({ client: createWorld(), declared: [1] });

      await assert.rejects(reconcile({ ...job, list: listOf(1, 2) }), { code: "CSP_RECONCILE_PROGRAM_DIFFERS" });

      assert.deepEqual(job.operations, ["preview"]);
    });

    it("stops the built-in program, and no other, where it would delete what another one declared", async () => {
      const vault = { urn: "urn:vault", type: "azure-native:keyvault:Vault", custom: true, id: "vault" };
      await pulumi.put("test", [vault]);
      const job = jobOf({ client: createWorld(), declared: [1] });

      await assert.rejects(reconcile(job), { code: "CSP_RECONCILE_STACK_FOREIGN" });
      assert.deepEqual(job.operations, []);

      await reconcile({ ...job, program: "folder" });
      assert.deepEqual(job.operations, ["preview", "up"]);
    });

    it("runs another program than its own although no mapping changes, because its outputs may", async () => {
      const client = createWorld([mapping(1, 1)]);
      await pulumi.put("test", [resource(1)]);
      const job = jobOf({ client, declared: [1], program: "folder" });

      await reconcile(job);

      assert.deepEqual(job.operations, ["preview", "up without checkpoints"]);
    });

    it("asks whether a list that has lost its rows is meant before it tells how to lift the lock", async () => {
      const client = createLockedWorld([{ name: "hub", level: "CanNotDelete" }], [mapping(1, 1)]);
      await pulumi.put("test", [resource(1)]);
      const job = jobOf({ client, declared: [], limits: { maxRemovals: { count: 0 }, maxMoves: { count: 0 } } });

      await assert.rejects(reconcile(job), /cannot be applied as it stands/);
      assert.match(job.terminal.said.join("\n"), /\[CSP_GUARD_REMOVALS\].*\[CSP_LOCK_MET\]/s);
    });

    it("stops where the list cannot be applied, before anything is asked of the engine", async () => {
      const client = createWorld([mapping(9, 1)]);
      const job = jobOf({ client, declared: [1] });

      await assert.rejects(reconcile(job), /cannot be applied as it stands, and nothing was written to Azure/);

      assert.match(job.terminal.said.join("\n"), /\[CSP_SUBSCRIPTION_MAPPED_ELSEWHERE\]/);
      assert.deepEqual(job.operations, []);
    });

    it("writes nothing that nobody agrees to, and takes back the stack it made for it", async () => {
      const client = createWorld();
      await pulumi.project.workspace.removeStack("test");
      const job = jobOf({ client, declared: [1], confirm: () => Promise.reject(new Error("no")) });

      await assert.rejects(reconcile(job), /no/);

      assert.deepEqual(writes(client), []);
      assert.deepEqual(await pulumi.project.workspace.listStacks(), []);
      assert.deepEqual(await left(), []);
    });

    it("moves nothing between states, and corrects none, before it is agreed to", async () => {
      const client = createWorld([mapping(2, 2)]);
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("test.paris", [resource(2, { stack: "test.paris" })]);
      const findGivers = async () => [await exportStack(pulumi.project, "test.paris")];
      const asked: unknown[] = [];
      const confirm: ReconcileJob["confirm"] = async (_stack, { counts }, _steps, handOvers) => {
        asked.push([counts.drift, handOvers]);
        throw new Error("no");
      };
      const job = jobOf({ client, declared: [1, 2], confirm, asks: true });

      await assert.rejects(reconcile(job, findGivers), /no/);

      assert.deepEqual(asked, [[1, [{ from: "test.paris", to: "test", count: 1 }]]]);
      assert.deepEqual(await pulumi.imports(), []);
      assert.deepEqual(job.operations, ["preview"]);
    });

    it("asks once where it is agreed to, and goes on from there", async () => {
      const client = createWorld();
      await pulumi.put("test", [resource(1)]);
      let asked = 0;
      const confirm = async () => void asked++;
      const job = jobOf({ client, declared: [1], confirm, asks: true });

      await reconcile(job);

      assert.equal(asked, 1);
      assert.deepEqual(job.operations, ["preview", "refresh", "preview", "up without checkpoints"]);
    });

    it("corrects the state before it writes what has drifted", async () => {
      const client = createWorld();
      await pulumi.put("test", [resource(1)]);
      const job = jobOf({ client, declared: [1] });

      await reconcile(job);

      assert.deepEqual(job.operations, ["refresh", "preview", "up without checkpoints"]);
    });

    it("manages still what Azure says it has removed and still shows", async () => {
      const client = createWorld([mapping(1, 1)]);
      await pulumi.put("test", [resource(1)]);
      const silent = { ...client, deleteCustomerSubscription: async () => "deleted" as const };

      const { verification } = await reconcile(jobOf({ client: silent, declared: [] }));

      assert.deepEqual(verification.remaining, [resource(1).id]);
      assert.deepEqual(await held(), [1]);
    });

    for (const [title, options] of [
      ["where the next run may not find the journal", { isBesideStack: false, wantsCheckpoints: false }],
      ["where the environment wants checkpoints", { isBesideStack: true, wantsCheckpoints: true }],
    ] as const) {
      it(`writes its state resource by resource ${title}`, async () => {
        const job = jobOf({ client: createWorld(), declared: [1] });
        const { isBesideStack, wantsCheckpoints } = options;
        const journalFolder = async () => ({ path: pulumi.runs, backend: undefined, isBesideStack });

        await reconcile({ ...job, stack: { ...job.stack, journalFolder }, wantsCheckpoints });

        assert.deepEqual(job.operations, ["preview", "up"]);
      });
    }

    it("writes its state once where state and journal tell what a killed run leaves", async () => {
      const job = jobOf({ client: createWorld(), declared: [1] });

      await reconcile(job);

      assert.deepEqual(job.operations, ["preview", "up without checkpoints"]);
    });
  });
}

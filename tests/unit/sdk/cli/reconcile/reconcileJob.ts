import type { ReconcileJob } from "../../../../../sdk/nodejs/src/cli/reconcile/job.ts";
import type { StackRun } from "../../../../../sdk/nodejs/src/cli/reconcile/pulumi/stackRun.ts";
import { openStack } from "../../../../../sdk/nodejs/src/cli/stacks/stack.ts";
import type { MemoryRegistrationsClient } from "../../../../support/memory/memoryRegistrationsClient.ts";
import type { StandInForPulumi } from "../../../../support/standInForPulumi.ts";
import { idOf, tenant } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { createPipelineTerminal, type PipelineTerminal } from "../console/pipelineTerminal.ts";
import { customersIn, listOf, resource, step } from "./customers.ts";

/** A job on the stack `test`, and what a test sees and disturbs of it. */
export interface TestJob extends ReconcileJob {
  readonly terminal: PipelineTerminal;
  readonly interruption: AbortController;
  /** What was asked of the engine, in order. */
  readonly operations: readonly string[];
}

/** What differs from a job that declares customers on Paris and lets everything pass. */
export interface TestJobOptions extends Partial<Omit<ReconcileJob, "run" | "list">> {
  readonly client: MemoryRegistrationsClient;
  /** The customers that the list declares, by their numbers. */
  readonly declared: readonly number[];
  /** Comes after the last write of an update, and before its end. */
  readonly beforeEnd?: (job: TestJob) => Promise<void> | void;
}

/** Makes the job; its engine writes to the client what it finds declared and not in the state, and removes the rest. */
export function createReconcileJob(pulumi: StandInForPulumi, options: TestJobOptions): TestJob {
  const { client, declared, beforeEnd = () => undefined, ...given } = options;
  const terminal = createPipelineTerminal();
  const interruption = new AbortController();
  const operations: string[] = [];

  const run: StackRun = {
    async preview() {
      operations.push("preview");
      const held = customersIn(await pulumi.resources("test"));
      const wanted = declared.map((n) => step(held.includes(n) ? "same" : "create", n));
      const left = held.filter((n) => !declared.includes(n)).map((n) => step("delete", n));
      return { steps: [...wanted, ...left], changes: {} };
    },
    async refresh() {
      operations.push("refresh");
      return { steps: [], changes: {} };
    },
    async up(_plan, { skipCheckpoints }) {
      operations.push(skipCheckpoints ? "up without checkpoints" : "up");
      const held = customersIn(await pulumi.resources("test"));
      for (const n of declared) if (!held.includes(n)) await client.putCustomerSubscription(idOf(n), tenant(n));
      for (const n of held) if (!declared.includes(n)) await client.deleteCustomerSubscription(idOf(n));
      await beforeEnd(job);
      await pulumi.put(
        "test",
        declared.map((n) => resource(n)),
      );
      return { steps: [], changes: { create: declared.length } };
    },
  };

  const job: TestJob = {
    stack: openStack(pulumi.project, "test"),
    list: listOf(...declared),
    program: "built-in",
    limits: { maxRemovals: { share: 1 }, maxMoves: { share: 1 } },
    confirmLosses: () => ({}),
    clientOf: () => client,
    nameOf: async () => undefined,
    run,
    confirm: async () => undefined,
    asks: false,
    signal: interruption.signal,
    today: () => "2026-06-15",
    wantsCheckpoints: false,
    ...given,
    terminal,
    interruption,
    operations,
  };
  return job;
}

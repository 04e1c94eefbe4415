import type { ClientSource, GuardLimits, Losses, Plan, TenantList } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import type { ConfirmedLosses } from "../plan/guardRun.ts";
import type { RunFolder } from "../stacks/lock/runFolder.ts";
import type { Project } from "../stacks/project.ts";
import type { StackState } from "../stacks/stack.ts";
import type { Confirmation } from "./confirmation.ts";
import type { RunOutcome, StackRun } from "./pulumi/stackRun.ts";
import type { Verification } from "./verify.ts";

/** A stack that is to hold, and Azure to have, what a list declares. */
export interface ReconcileJob {
  readonly context: CommandContext;
  readonly project: Project;
  readonly stack: string;
  readonly list: TenantList;
  /** Whose program runs: that of the folder, or ours, which declares the list and nothing else. */
  readonly program: "folder" | "built-in";
  readonly limits: GuardLimits;
  /** What is told to the program's guard of losses that are permitted here. */
  readonly confirmLosses: (losses: Losses) => ConfirmedLosses;
  readonly folder: RunFolder;
  readonly clientOf: ClientSource;
  readonly run: StackRun;
  /** Shows what would be done to a stack; throws where nobody agrees. */
  readonly confirm: Confirmation;
}

/** What was done. */
export interface ReconcileResult {
  readonly stack: string;
  /** What was planned, before anything was done. */
  readonly plan: Plan;
  /** How many resources each of Pulumi's operations was carried out on. */
  readonly changes: RunOutcome["changes"];
  readonly verification: Verification;
}

/** Finds the stacks whose mappings one stack takes over; throws where another one holds what the list declares. */
export type FindGivers = (job: ReconcileJob, state: StackState) => Promise<readonly StackState[]>;

import type { ClientSource, GuardLimits, LimitedTenantList, Losses, Plan, TenantList } from "@azurestack-csp/provider";
import type { Terminal } from "../console/terminal.ts";
import type { NameSource } from "../input/clients.ts";
import type { ConfirmedLosses } from "../plan/guardRun.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StackState } from "../stacks/state/stackState.ts";
import type { Confirmation } from "./confirmation.ts";
import type { LeftBehind } from "./keepGoing.ts";
import type { LiftedLock } from "./liftedLocks.ts";
import type { RunOutcome, StackRun } from "./pulumi/stackRun.ts";
import type { Verification } from "./verify.ts";

/** A stack that is to hold, and Azure to have, what a list declares. */
export interface ReconcileJob {
  readonly stack: Stack;
  readonly list: TenantList;
  /** Whose program runs: that of the folder, or ours, which declares the list and nothing else. */
  readonly program: "folder" | "built-in";
  readonly limits: GuardLimits;
  /** What is told to the program's guard of losses that are permitted here. */
  readonly confirmLosses: (losses: Losses) => ConfirmedLosses;
  readonly clientOf: ClientSource;
  readonly nameOf: NameSource;
  readonly run: StackRun;
  /** What the run is limited to; absent where it can only be about the whole list. */
  readonly limit?: RunLimit;
  /** What came of the limit once it was known what the stack manages; absent until then, and where there is none. */
  readonly scope?: LimitedTenantList;
  /** Shows what would be done to a stack; throws where nobody agrees. */
  readonly confirm: Confirmation;
  /** Whether somebody is asked, so that nothing may be changed before the answer, no stack's state either. */
  readonly asks: boolean;
  readonly terminal: Terminal;
  /** Fires with Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Whether the environment asks for a state that is written resource by resource. */
  readonly wantsCheckpoints: boolean;
}

/** The registrations that a run of one stack is limited to. */
interface RunLimit {
  /** Absent for all. */
  readonly keys?: readonly string[] | undefined;
  /** Whether what stops one registration stops no other; it is then left as the stack has it. */
  readonly keepsGoing: boolean;
  /** Opens runs that declare another list than the whole. */
  readonly openRun: (list: TenantList) => StackRun;
}

/** The same for a list whose registrations have a stack each: every part gets a run of its own. */
export type PartsJob = Omit<ReconcileJob, "run" | "limit" | "scope"> & {
  /** The keys of the registrations that are worked on; none where all are. */
  readonly keys: readonly string[];
};

/** What was done. */
export interface ReconcileResult {
  readonly stack: string;
  /** What was planned, before anything was done. */
  readonly plan: Plan;
  /** How many resources each of Pulumi's operations was carried out on. */
  readonly changes: RunOutcome["changes"];
  readonly verification: Verification;
  /** The declared locks that were lifted for the run, and have to be put back. */
  readonly liftedLocks: readonly LiftedLock[];
  /** What a run that keeps going left as the stack has it; absent where nothing was. */
  readonly left?: LeftBehind | undefined;
}

/** Finds the stacks whose mappings one stack takes over; throws where another one holds what the list declares. */
export type FindGivers = (job: ReconcileJob, state: StackState) => Promise<readonly StackState[]>;

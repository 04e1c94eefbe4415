import {
  countLosses,
  type GuardLimits,
  type Issue,
  judgeLosses,
  type Losses,
  type LossNames,
  type ManagedMapping,
  type Renewal,
  successorKeys,
  type TenantList,
} from "@azurestack-csp/provider";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure } from "../console/failures.ts";
import { count } from "../console/text.ts";
import { tableOfList, tableOfManaged } from "./mappingTables.ts";

/** What a run may take away, and from what. */
export interface GuardRunRequest {
  readonly list: TenantList;
  readonly managed: readonly ManagedMapping[];
  /** The Hubs that were registered anew, whose customers move. */
  readonly renewals: readonly Renewal[];
  readonly limits: GuardLimits;
  /** What a person calls who loses a mapping. @default the ids alone */
  readonly nameOf?: LossNames | undefined;
}

/** The environment variables that confirm losses, by their exact numbers, to the guard of a program. */
export type ConfirmedLosses = Readonly<Record<string, string>>;

/** The limits of a guard, as options of the component and as settings. */
export type LimitName = "maxRemovals" | "maxMoves";

/** What a plan is judged by. */
export interface PlanLimits {
  readonly limits: GuardLimits;
  /** The limits that only the program knows; nothing is judged by them. */
  readonly unknown: readonly LimitName[];
  /** Settings that are no limits, at which the program's guard would stop every run. */
  readonly unusable: readonly Issue[];
}

/** What the guard says of a run. */
export interface Verdict {
  readonly losses: Losses;
  /** Why the run may not go on; nothing where it may, as far as that is known. */
  readonly problems: readonly Issue[];
  /** What only a program's own guard will say, a sentence each; nothing where all limits are known. */
  readonly unknown: readonly string[];
  /** The options that permit exactly what was counted; empty where nothing has to be permitted. */
  readonly override: string;
}

/** Counts what a run would remove and move, over what the stack's state really holds. */
export function countRunLosses({ list, managed, renewals }: Omit<GuardRunRequest, "limits" | "nameOf">): Losses {
  return countLosses(tableOfManaged(managed), tableOfList(list), successorKeys(renewals));
}

/** Judges what a run would remove and move. */
export function judgeRun({ limits, nameOf, ...run }: GuardRunRequest): Verdict {
  const losses = countRunLosses(run);
  const problems = judgeLosses(losses, limits, nameOf);
  const counts = {
    maxRemovals: `--max-removals ${losses.removals.length}`,
    maxMoves: `--max-moves ${losses.moves.length}`,
  };
  const options = Object.entries(counts).flatMap(([path, option]) =>
    problems.some((each) => each.path === path) ? [option] : [],
  );
  return { losses, problems, unknown: [], override: options.join(" ") };
}

/** Judges a plan by what is known of the limits before a program runs. */
export function judgePlan({ limits, unknown, unusable }: PlanLimits, run: Omit<GuardRunRequest, "limits">): Verdict {
  const { problems, ...verdict } = judgeRun({ ...run, limits });
  const { removals, moves } = verdict.losses;
  const losses = { maxRemovals: count(removals.length, "removal"), maxMoves: count(moves.length, "move") };
  const open = unknown.filter((name) => (name === "maxMoves" ? moves : removals).length > 0);
  return {
    ...verdict,
    problems: [...unusable, ...problems],
    unknown: open.map(
      (name) =>
        `Whether the program's guard permits ${losses[name]} is not known: ${name} stands in the program alone.`,
    ),
  };
}

/** What a verdict says to a person, a line each; nothing where the run may go on. */
export function verdictLines({ problems, override }: Verdict): readonly string[] {
  if (problems.length === 0) return [];
  const messages = problems.map(({ message }) => message);
  return override === "" ? messages : [...messages, `On the command line: ${override}`];
}

/**
 * Stops a run that would remove or move more than it may.
 *
 * @returns what was counted.
 * @throws CommandFailure with the guard's exit code
 */
export function guardRun(request: GuardRunRequest): Losses {
  const verdict = judgeRun(request);
  if (verdict.problems.length === 0) return verdict.losses;
  throw new CommandFailure(exitCodes.guard, verdictLines(verdict).join("\n"), { issues: verdict.problems });
}

import {
  countLosses,
  type GuardLimits,
  type Issue,
  judgeLosses,
  type Losses,
  type ManagedMapping,
  type TenantList,
} from "@azurestack-csp/provider";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure } from "../console/failures.ts";
import { tableOfList, tableOfManaged } from "./mappingTables.ts";

/** What a run may take away, and from what. */
export interface GuardRunRequest {
  readonly list: TenantList;
  readonly managed: readonly ManagedMapping[];
  readonly limits: GuardLimits;
}

/** The environment variables that confirm losses, by their exact numbers, to the guard of a program. */
export type ConfirmedLosses = Readonly<Record<string, string>>;

/** What the guard says of a run. */
export interface Verdict {
  readonly losses: Losses;
  /** Why the run may not go on; nothing where it may. */
  readonly problems: readonly Issue[];
  /** The options that permit exactly what was counted; empty where nothing has to be permitted. */
  readonly override: string;
}

/** Counts what a run would remove and move, over what the stack's state really holds. */
export function countRunLosses({ list, managed }: Pick<GuardRunRequest, "list" | "managed">): Losses {
  return countLosses(tableOfManaged(managed), tableOfList(list));
}

/** Judges what a run would remove and move. */
export function judgeRun({ list, managed, limits }: GuardRunRequest): Verdict {
  const losses = countRunLosses({ list, managed });
  const problems = judgeLosses(losses, limits);
  const counts = {
    maxRemovals: `--max-removals ${losses.removals.length}`,
    maxMoves: `--max-moves ${losses.moves.length}`,
  };
  const options = Object.entries(counts).flatMap(([path, option]) =>
    problems.some((each) => each.path === path) ? [option] : [],
  );
  return { losses, problems, override: options.join(" ") };
}

/** What a verdict says to a person, a line each; nothing where the run may go on. */
export function verdictLines({ problems, override }: Verdict): readonly string[] {
  if (problems.length === 0) return [];
  return [...problems.map(({ message }) => message), `On the command line: ${override}`];
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

import {
  countLosses,
  type GuardLimits,
  judgeLosses,
  type Losses,
  type ManagedMapping,
  type TenantList,
} from "@azurestack-csp/provider";
import { exitCodes } from "../commands/shared/exitCodes.ts";
import { CommandFailure } from "../commands/shared/failures.ts";
import { tableOfList, tableOfManaged } from "./mappingTables.ts";

/** What a run may take away, and from what. */
export interface GuardRunRequest {
  readonly list: TenantList;
  readonly managed: readonly ManagedMapping[];
  readonly limits: GuardLimits;
}

/** The environment variables that confirm losses, by their exact numbers, to the guard of a program. */
export type ConfirmedLosses = Readonly<Record<string, string>>;

/**
 * Stops a run that would remove or move more than it may, counted over what the stack's state really holds.
 *
 * @returns what was counted.
 * @throws CommandFailure with the guard's exit code
 */
export function guardRun({ list, managed, limits }: GuardRunRequest): Losses {
  const losses = countLosses(tableOfManaged(managed), tableOfList(list));
  const issues = judgeLosses(losses, limits);
  if (issues.length === 0) return losses;
  const counts = {
    maxRemovals: `--max-removals ${losses.removals.length}`,
    maxMoves: `--max-moves ${losses.moves.length}`,
  };
  const options = Object.entries(counts).flatMap(([path, option]) =>
    issues.some((each) => each.path === path) ? [option] : [],
  );
  const messages = issues.map(({ message }) => message);
  throw new CommandFailure(exitCodes.guard, [...messages, `On the command line: ${options.join(" ")}`].join("\n"));
}

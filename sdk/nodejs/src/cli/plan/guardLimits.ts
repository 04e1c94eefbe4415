import { DEFAULT_LIMIT, type GuardLimits, type Limit, type Losses } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import type { ConfirmedLosses } from "./guardRun.ts";

/** How much a run may take away, as it is asked for; what is absent has a default. */
export interface GuardOptions {
  readonly maxRemovals?: Limit | undefined;
  readonly maxMoves?: Limit | undefined;
}

/** A limit that nothing exceeds. */
const UNLIMITED: Limit = { share: 1 };

/** Lets pass what was judged already, and nothing that came to it since. */
export function limitsOfExactly({ removals, moves }: Losses): GuardLimits {
  const none = { count: 0 };
  return { maxRemovals: none, maxMoves: none, confirmedRemovals: removals.length, confirmedMoves: moves.length };
}

/** The limits of a run: those of the command line, and what the environment confirms by its exact number. */
export function limitsOf(
  { maxRemovals, maxMoves }: GuardOptions,
  env: CommandContext["env"],
  { otherwise = DEFAULT_LIMIT }: { readonly otherwise?: Limit } = {},
): GuardLimits {
  const removals = numberIn(env.AZURESTACK_CSP_CONFIRMED_REMOVALS);
  const moves = numberIn(env.AZURESTACK_CSP_CONFIRMED_MOVES);
  return {
    maxRemovals: maxRemovals ?? otherwise,
    maxMoves: maxMoves ?? otherwise,
    ...(removals === undefined ? {} : { confirmedRemovals: removals }),
    ...(moves === undefined ? {} : { confirmedMoves: moves }),
  };
}

/** The limits of a plan: a program has its own, which nobody knows before it runs, so that only what is given counts. */
export function planLimitsOf(
  options: GuardOptions,
  { env, hasProgram }: Pick<CommandContext, "env"> & { readonly hasProgram: boolean },
): GuardLimits {
  return limitsOf(options, env, { otherwise: hasProgram ? UNLIMITED : DEFAULT_LIMIT });
}

/** A program's guard has limits of its own; to it goes the exact number, and only where the command line permits it. */
export function confirmLosses({ removals, moves }: Losses, { maxRemovals, maxMoves }: GuardOptions): ConfirmedLosses {
  return {
    ...(maxRemovals === undefined ? {} : { AZURESTACK_CSP_CONFIRMED_REMOVALS: String(removals.length) }),
    ...(maxMoves === undefined ? {} : { AZURESTACK_CSP_CONFIRMED_MOVES: String(moves.length) }),
  };
}

/** What is no number confirms nothing; the program's guard says so. */
function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

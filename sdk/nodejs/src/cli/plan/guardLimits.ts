import {
  DEFAULT_LIMIT,
  type GuardLimits,
  type Issue,
  issue,
  type Limit,
  type Losses,
  parseLimit,
} from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { readSetting, type SettingsPlace } from "../stacks/projectSettings.ts";
import type { ConfirmedLosses, LimitName, PlanLimits } from "./guardRun.ts";

/** How much a run may take away, as it is asked for; what is absent has a default. */
export interface GuardOptions {
  readonly maxRemovals?: Limit | undefined;
  readonly maxMoves?: Limit | undefined;
}

const NAMES: readonly LimitName[] = ["maxRemovals", "maxMoves"];

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

/**
 * The limits of a plan. Those of a program stand in its configuration, under the names that `guardFromConfig` reads, or in
 * the program alone, and then nobody knows them before it runs.
 */
export function planLimitsOf(
  options: GuardOptions,
  { env, program }: Pick<CommandContext, "env"> & { readonly program: SettingsPlace | undefined },
): PlanLimits {
  if (!program) return { limits: limitsOf(options, env), unknown: [], unusable: [] };
  const configured = {
    maxRemovals: configuredLimit(program, "maxRemovals"),
    maxMoves: configuredLimit(program, "maxMoves"),
  };
  const { maxRemovals = configured.maxRemovals.limit, maxMoves = configured.maxMoves.limit } = options;
  const limits = {
    ...confirmedIn(program),
    ...limitsOf({ maxRemovals, maxMoves }, env, { otherwise: UNLIMITED }),
  };
  return {
    limits,
    unknown: NAMES.filter(
      (name) => options[name] === undefined && !configured[name].limit && !configured[name].problem,
    ),
    unusable: NAMES.flatMap((name) => configured[name].problem ?? []),
  };
}

interface ConfiguredLimit {
  readonly limit?: Limit;
  readonly problem?: Issue;
}

function configuredLimit(program: SettingsPlace, name: LimitName): ConfiguredLimit {
  const value = readSetting(program, name)?.value;
  if (value === undefined) return {};
  const limit = typeof value === "string" || typeof value === "number" ? parseLimit(value) : undefined;
  return limit ? { limit } : { problem: issue(name, "CSP_GUARD_LIMIT", { property: name, value: String(value) }) };
}

function confirmedIn(program: SettingsPlace): Pick<GuardLimits, "confirmedRemovals" | "confirmedMoves"> {
  const [removals, moves] = ["confirmedRemovals", "confirmedMoves"].map((name) => {
    const value = readSetting(program, name)?.value;
    return value === undefined ? undefined : numberIn(String(value));
  });
  return {
    ...(removals === undefined ? {} : { confirmedRemovals: removals }),
    ...(moves === undefined ? {} : { confirmedMoves: moves }),
  };
}

/**
 * A program's guard has limits of its own; to it goes the exact number, and only where the command line permits it.
 *
 * It knows nothing of Hubs that were registered anew, so that what goes over with one is a removal to it.
 */
export function confirmLosses({ removals, moves }: Losses, { maxRemovals, maxMoves }: GuardOptions): ConfirmedLosses {
  const renewed = moves.filter(({ toRegistration }) => toRegistration !== undefined).length;
  const permitsRenewed = renewed > 0 && maxMoves !== undefined && removals.length === 0;
  const permitsRemovals = permitsRenewed || (maxRemovals !== undefined && (renewed === 0 || maxMoves !== undefined));
  return {
    ...(permitsRemovals ? { AZURESTACK_CSP_CONFIRMED_REMOVALS: String(removals.length + renewed) } : {}),
    ...(maxMoves === undefined ? {} : { AZURESTACK_CSP_CONFIRMED_MOVES: String(moves.length - renewed) }),
  };
}

/** What is no number confirms nothing; the program's guard says so. */
function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

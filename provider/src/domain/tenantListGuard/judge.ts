import { aFew } from "../aFew.ts";
import { type Issue, issue } from "../issues.ts";
import { allowedOf, formatLimit, type Limit } from "./limit.ts";
import type { Loss, Losses } from "./losses.ts";

/** What a run may take away. */
export interface GuardLimits {
  readonly maxRemovals: Limit;
  readonly maxMoves: Limit;
  /** The exact number of removals that somebody has looked at and wants; beats `maxRemovals`. */
  readonly confirmedRemovals?: number;
  /** The exact number of moves that somebody has looked at and wants; beats `maxMoves`. */
  readonly confirmedMoves?: number;
}

/** What a person calls who loses a mapping; nothing where nobody knows. */
export type LossNames = (loss: Loss) => string | undefined;

/**
 * What the limits forbid; nothing where the run may go on.
 *
 * @param nameOf - what a person calls who loses a mapping, customer and Hub say; by default the ids have to do.
 */
export function judgeLosses(
  { managed, removals, moves }: Losses,
  limits: GuardLimits,
  nameOf: LossNames = () => undefined,
): readonly Issue[] {
  const named = (loss: Loss) => [nameOf(loss), loss.tenantId].filter(Boolean).join(": ");
  const issues: Issue[] = [];
  if (isTooMany(removals, managed, limits.maxRemovals, limits.confirmedRemovals)) {
    const details = describe(removals, managed, limits.maxRemovals, (loss) => `${named(loss)} (${loss.from})`);
    issues.push(issue("maxRemovals", "CSP_GUARD_REMOVALS", details));
  }
  if (isTooMany(moves, managed, limits.maxMoves, limits.confirmedMoves)) {
    const details = describe(moves, managed, limits.maxMoves, (loss) =>
      loss.toRegistration === undefined
        ? `${named(loss)} (${loss.from} → ${loss.to})`
        : `${named(loss)} (to ${loss.toRegistration})`,
    );
    issues.push(issue("maxMoves", "CSP_GUARD_MOVES", details));
  }
  return issues;
}

function isTooMany(losses: readonly Loss[], managed: number, limit: Limit, confirmed: number | undefined): boolean {
  return losses.length > allowedOf(limit, managed) && losses.length !== confirmed;
}

function describe(losses: readonly Loss[], managed: number, limit: Limit, name: (loss: Loss) => string) {
  return {
    count: String(losses.length),
    managed: String(managed),
    limit: formatLimit(limit),
    allowed: String(allowedOf(limit, managed)),
    tenants: aFew(losses.map(name), { and: " and" }),
  };
}

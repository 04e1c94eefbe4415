import { ProviderError } from "../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatRegistrationId,
  registrationKey,
} from "../domain/ids.ts";
import type { GuardLimits } from "../domain/tenantListGuard/judge.ts";
import { allowedOf, formatLimit } from "../domain/tenantListGuard/limit.ts";

/** What one guard lets the run take away. */
export interface GuardTerms {
  readonly limits: GuardLimits;
  /** How many mappings the guard remembers from the last run. */
  readonly remembered: number;
}

/** A mapping that a request is about to take away. */
export interface Taking {
  readonly id: CustomerSubscriptionId;
  /** Absent where nobody knows it. */
  readonly tenantId: string | undefined;
}

/** Gives a place back whose request changed nothing. */
export type GiveBack = () => void;

/**
 * How many mappings the run may still take away, counted request by request.
 *
 * A guard's `check` compares with what it remembers, and what a stack really manages may be more: after an adoption,
 * under a component that was renamed, after removals that failed. So the requests are counted too. A run without a
 * guard's `check`, such as a destroy, has no limits.
 */
export interface Allowance {
  /** Notes what a guard permits; `check` calls it, with the same `guard` where it judges one resource again. */
  permit(guard: string, terms: GuardTerms): void;
  /** Notes a mapping that the stack manages; shares are of these, or of what the guards remember if that is more. */
  manage(id: CustomerSubscriptionId): void;
  /**
   * Takes a place for a removal, before it is sent; a tenant counts once on a registration.
   *
   * @throws ProviderError `CSP_GUARD_REMOVAL_STOPPED` where there is none left.
   */
  removal(taking: Taking): GiveBack;
  /**
   * Takes a place for a tenant that goes to another customer subscription, before the write or removal is sent.
   *
   * @throws ProviderError `CSP_GUARD_MOVE_STOPPED` where there is none left.
   */
  move(taking: Taking): GiveBack;
}

const kinds = {
  removal: { limit: "maxRemovals", confirmed: "confirmedRemovals", code: "CSP_GUARD_REMOVAL_STOPPED" },
  move: { limit: "maxMoves", confirmed: "confirmedMoves", code: "CSP_GUARD_MOVE_STOPPED" },
} as const;

type Kind = keyof typeof kinds;

/** The allowance of a run in which nothing has been permitted or taken yet. */
export function createAllowance(): Allowance {
  const guards = new Map<string, GuardTerms>();
  const managed = new Set<string>();
  const taken: Readonly<Record<Kind, Map<string, number>>> = { removal: new Map(), move: new Map() };

  const remembered = () => [...guards.values()].reduce((sum, terms) => sum + terms.remembered, 0);
  const allowed = (kind: Kind) => {
    const { limit, confirmed } = kinds[kind];
    let unremembered = Math.max(0, managed.size - remembered());
    return [...guards.values()].reduce((sum, terms) => {
      const share = terms.remembered + unremembered;
      unremembered = 0;
      return sum + Math.max(allowedOf(terms.limits[limit], share), terms.limits[confirmed] ?? 0);
    }, 0);
  };
  const stopped = (kind: Kind, { id, tenantId = "unknown" }: Taking) =>
    new ProviderError(kinds[kind].code, {
      tenantId,
      customerSubscriptionId: id.customerSubscriptionId,
      registration: formatRegistrationId(id.registration),
      count: String(taken[kind].size),
      allowed: String(allowed(kind)),
      managed: String(Math.max(managed.size, remembered())),
      limit: [...guards.values()].map(({ limits }) => formatLimit(limits[kinds[kind].limit])).join(" and "),
    });
  const take = (kind: Kind, taking: Taking): GiveBack => {
    const key = keyOf(taking);
    const places = taken[kind];
    const requests = places.get(key) ?? 0;
    if (requests === 0 && guards.size > 0 && places.size >= allowed(kind)) throw stopped(kind, taking);
    places.set(key, requests + 1);
    return () => {
      const left = (places.get(key) ?? 1) - 1;
      if (left > 0) places.set(key, left);
      else places.delete(key);
    };
  };

  return {
    permit(guard, terms) {
      if (!guards.has(guard)) guards.set(guard, terms);
    },
    manage: (id) => void managed.add(customerSubscriptionKey(id)),
    removal: (taking) => take("removal", taking),
    move: (taking) => take("move", taking),
  };
}

function keyOf({ id, tenantId }: Taking): string {
  return `${registrationKey(id.registration)}|${(tenantId ?? id.customerSubscriptionId).toLowerCase()}`;
}

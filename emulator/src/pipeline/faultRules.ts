import { sameId } from "@azurestack-csp/provider/ids";

/** Where in a request's life a fault strikes. */
export type FaultPlace = "before" | "afterCommit" | "onResponse";

/** Which requests a rule is for; every member given must fit. */
export interface FaultMatch {
  readonly method?: string;
  /** A regular expression, tried on the path without regard to case. */
  readonly path?: string;
  /** Name of an operation, such as `CustomerSubscriptions_Create`. */
  readonly operation?: string;
  /** Client id or object id of the caller. */
  readonly principal?: string;
}

/** What a rule does; one of the members, a delay beside any other. */
export interface FaultEffect {
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Value of `Retry-After` in seconds. */
  readonly retryAfter?: number;
  /** Further headers, beside `status`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayInMs?: number;
  /** The connection is cut without an answer. */
  readonly reset?: boolean;
  /** The headers arrive, the body does not. */
  readonly dropBody?: boolean;
  /** The body is cut in half, in the middle of its JSON. */
  readonly garble?: boolean;
  /** An HTML page, as a proxy on the way would send it. */
  readonly html?: boolean;
  /** A list of customer subscriptions as it was before the last write (`true`), or without any entry. */
  readonly staleList?: boolean | "empty";
}

/** A fault: which requests, which of them, where, and what. */
export interface FaultRule {
  readonly match?: FaultMatch;
  /** Strikes only the nth fitting request, counted from 1. */
  readonly nth?: number;
  /** Strikes at most this many times. */
  readonly times?: number;
  /** Leaves this many fitting requests alone first. */
  readonly after?: number;
  /** @default "before" */
  readonly when?: FaultPlace;
  readonly what: FaultEffect;
}

/** The request that faults are looked up for. */
interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly principals: readonly string[];
}

/** The rules that are in force, with how often each was met. */
export interface FaultRules {
  add(rule: FaultRule): void;
  clear(): void;
  list(): readonly FaultRule[];
  /** Effects that strike this request at this place; counts the request for every rule it fits. */
  strike(target: FaultTarget, place: FaultPlace): readonly FaultEffect[];
}

interface Counted {
  readonly rule: FaultRule;
  readonly path: RegExp | undefined;
  seen: number;
  struck: number;
}

/** Rules in the order in which they are given; a request can be struck by several. */
export function createFaultRules(initial: readonly FaultRule[] = []): FaultRules {
  let rules = initial.map(count);
  return {
    add(rule) {
      rules.push(count(rule));
    },
    clear() {
      rules = [];
    },
    list: () => rules.map(({ rule }) => rule),
    strike: (target, place) => rules.filter((counted) => strikes(counted, target, place)).map(({ rule }) => rule.what),
  };
}

/**
 * Checks a rule that came from outside.
 *
 * @throws TypeError naming what is wrong with it.
 */
export function parseFaultRule(value: unknown): FaultRule {
  if (!isRecord(value) || !isRecord(value.what)) {
    throw new TypeError(`A fault needs a member "what" that is an object: ${JSON.stringify(value)}.`);
  }
  const { match, nth, times, after, when, what, ...unknown } = value;
  const stray = Object.keys(unknown)[0];
  if (stray) throw new TypeError(`A fault has no member "${stray}". Known: match, nth, times, after, when, what.`);
  if (when !== undefined && when !== "before" && when !== "afterCommit" && when !== "onResponse") {
    throw new TypeError(`A fault's "when" cannot be "${when}". Allowed: before, afterCommit, onResponse.`);
  }
  const pattern = isRecord(match) ? match.path : undefined;
  if (typeof pattern === "string" && !isExpression(pattern)) {
    throw new TypeError(`A fault's "path" is to be a regular expression, and "${pattern}" is none.`);
  }
  return {
    what,
    ...(isRecord(match) ? { match } : {}),
    ...(when === undefined ? {} : { when }),
    ...Object.fromEntries(Object.entries({ nth, times, after }).filter(([, number]) => typeof number === "number")),
  };
}

function count(rule: FaultRule): Counted {
  return {
    rule,
    path: rule.match?.path === undefined ? undefined : new RegExp(rule.match.path, "i"),
    seen: 0,
    struck: 0,
  };
}

function strikes(counted: Counted, target: FaultTarget, place: FaultPlace): boolean {
  const { rule } = counted;
  if ((rule.when ?? "before") !== place || !fits(counted, target)) return false;
  counted.seen += 1;
  if (rule.nth !== undefined && counted.seen !== rule.nth) return false;
  if (counted.seen <= (rule.after ?? 0)) return false;
  if (counted.struck >= (rule.times ?? Number.POSITIVE_INFINITY)) return false;
  counted.struck += 1;
  return true;
}

function fits({ rule, path }: Counted, target: FaultTarget): boolean {
  const { method, operation, principal } = rule.match ?? {};
  if (method !== undefined && method.toUpperCase() !== target.method) return false;
  if (operation !== undefined && operation !== target.operation) return false;
  if (principal !== undefined && !target.principals.some((id) => sameId(id, principal))) return false;
  return path === undefined || path.test(target.path);
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, "i") instanceof RegExp;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

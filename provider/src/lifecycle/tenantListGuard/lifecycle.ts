import { type Issue, issue } from "../../domain/issues.ts";
import { type GuardLimits, judgeLosses } from "../../domain/tenantListGuard/judge.ts";
import { DEFAULT_LIMIT, type Limit, parseLimit } from "../../domain/tenantListGuard/limit.ts";
import { type LiveTable, withoutMissing } from "../../domain/tenantListGuard/liveTable.ts";
import { countLosses, type Losses, type MappingTable } from "../../domain/tenantListGuard/losses.ts";
import { type MappingTexts, readMappings } from "../../domain/tenantListGuard/mappingTexts.ts";
import { isUnknown } from "../../domain/unknown.ts";
import type { Allowance } from "../allowance.ts";
import type { LiveFindings } from "../liveFindings.ts";
import type { ResourceLifecycle } from "../resourceLifecycle.ts";

type Properties = Readonly<Record<string, unknown>>;

/** What a limit permits that cannot be read. */
const NOTHING: Limit = { count: 0 };

/**
 * The life of a guard: it holds nothing in Azure and remembers which mappings the last run declared.
 *
 * Its `check` compares them with the ones declared now, and fails where more would be removed or moved than the limits
 * allow. The engine checks before it changes anything, in a preview too, and runs no removal of a program that failed,
 * `--continue-on-error` included. So a guard that is registered first stops a run before its first loss.
 *
 * The memory holds what was declared and not what was carried out. Where the program has looked at what is live, what
 * is not live cannot be lost and does not count. And `check` leaves its limits in the allowance, where the removals and
 * moves that are really sent are counted.
 */
export function createTenantListGuard(allowance: Allowance, findings: LiveFindings): ResourceLifecycle {
  return {
    // What is live differs from run to run: it is told to this run, and kept out of the state.
    check({ live: seen, ...properties }, before = {}) {
      const { limits, issues } = readLimits(properties);
      issues.push(...mappingsIssues(properties));
      const declared = mappingsOf(properties);
      const managed = mappingsOf(before);
      const live: LiveTable = isTexts(seen) ? readMappings(seen) : {};
      findings.note(live);
      const memory = Object.keys(before).length === 0 ? {} : managed;
      if (memory) findings.remember(memory);
      const losses = declared && managed ? countLosses(withoutMissing(managed, live), declared) : undefined;
      const remembered = losses?.managed ?? 0;
      // A check is told no URN; a resource that is replaced is checked again, with the same properties.
      allowance.permit(JSON.stringify(properties), { limits, remembered });
      const found = [...issues];
      if (declared && managed && losses && issues.length === 0) {
        found.push(...judgeLosses(losses, confirmPart(limits, countLosses(managed, declared), losses)));
      }
      return { inputs: properties, failures: found.map(({ path, message }) => ({ property: path, reason: message })) };
    },

    // The engine keeps the new inputs of a resource that did not change, so the memory needs no update of its own.
    diff: async () => ({ changes: false, replaces: [] }),

    create: async () => ({ id: "guard", outputs: {} }),

    read: async ({ id, outputs }) => ({ id, outputs, inputs: undefined }),

    update: async ({ outputs }) => outputs,

    delete: async () => undefined,
  };
}

/** Who confirms what the last run declared, as `reconcile` counts it by the state, confirms the part that is live. */
function confirmPart(limits: GuardLimits, all: Losses, part: Losses): GuardLimits {
  return {
    ...limits,
    ...(limits.confirmedRemovals === all.removals.length ? { confirmedRemovals: part.removals.length } : {}),
    ...(limits.confirmedMoves === all.moves.length ? { confirmedMoves: part.moves.length } : {}),
  };
}

function mappingsIssues({ mappings }: Properties): readonly Issue[] {
  if (mappings == null) return [missing("mappings")];
  if (isUnknown(mappings) || isTexts(mappings)) return [];
  const details = { property: "mappings", given: JSON.stringify(mappings), expected: "a text for each registration" };
  return [issue("mappings", "CSP_INPUT_TYPE", details)];
}

/** An engine leaves out what it does not know in a real run; a default in its place could permit anything. */
function missing(property: string): Issue {
  return issue(property, "CSP_GUARD_INPUT_MISSING", { property });
}

function readLimits(properties: Properties): { readonly limits: GuardLimits; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const maxRemovals = readLimit("maxRemovals", properties.maxRemovals, issues);
  const maxMoves = readLimit("maxMoves", properties.maxMoves, issues);
  const confirmed = {
    ...readNumber("confirmedRemovals", properties.confirmedRemovals, issues),
    ...readNumber("confirmedMoves", properties.confirmedMoves, issues),
  };
  return { limits: { maxRemovals, maxMoves, ...confirmed }, issues };
}

function readLimit(property: string, value: unknown, issues: Issue[]): Limit {
  if (isUnknown(value)) return DEFAULT_LIMIT;
  if (value == null) {
    issues.push(missing(property));
    return NOTHING;
  }
  const limit = typeof value === "string" || typeof value === "number" ? parseLimit(value) : undefined;
  if (!limit) issues.push(issue(property, "CSP_GUARD_LIMIT", { property, value: String(value) }));
  return limit ?? NOTHING;
}

function readNumber(property: string, value: unknown, issues: Issue[]): Readonly<Record<string, number>> {
  if (value == null || isUnknown(value)) return {};
  if (["string", "number"].includes(typeof value) && /^\d+$/.test(String(value))) return { [property]: Number(value) };
  const expected = "a whole number";
  issues.push(issue(property, "CSP_INPUT_TYPE", { property, given: JSON.stringify(value), expected }));
  return {};
}

/** The mappings in inputs of this run or the last one; nothing where there are none, or not known yet. */
function mappingsOf({ mappings }: Properties): MappingTable | undefined {
  return isTexts(mappings) ? readMappings(mappings) : undefined;
}

function isTexts(mappings: unknown): mappings is MappingTexts {
  if (typeof mappings !== "object" || mappings === null) return false;
  return Object.values(mappings).every((text) => typeof text === "string" && !isUnknown(text));
}

import { countLosses, type MappingTable } from "../domain/guard/changes.ts";
import { type GuardLimits, judgeLosses } from "../domain/guard/judge.ts";
import { DEFAULT_LIMIT, type Limit, parseLimit } from "../domain/guard/limit.ts";
import { type MappingTexts, readMappings } from "../domain/guard/mappingTexts.ts";
import { type Issue, issue } from "../domain/issues.ts";
import { isUnknown } from "../domain/unknown.ts";
import type { ResourceLifecycle } from "./resourceLifecycle.ts";
import type { Run } from "./run/run.ts";

type Properties = Readonly<Record<string, unknown>>;

/**
 * The life of a guard: it holds nothing in Azure and remembers which mappings the last run declared.
 *
 * Its `check` compares them with the ones declared now, and fails where more would be removed or moved than the limits
 * allow. The engine checks before it changes anything, in a preview too, and runs no removal of a program that failed,
 * `--continue-on-error` included. So a guard that is registered first stops a run before its first loss.
 *
 * The memory holds what was declared and not what was carried out. So `check` leaves its limits in the run as well, where
 * the removals and moves that are really sent are counted.
 */
export function createTenantListGuard(run: Run): ResourceLifecycle {
  return {
    check(properties, before = {}) {
      const { limits, issues } = readLimits(properties);
      const declared = mappingsOf(properties);
      const managed = mappingsOf(before);
      const losses = declared && managed ? countLosses(managed, declared) : undefined;
      const remembered = losses?.managed ?? 0;
      // A check is told no URN; a resource that is replaced is checked again, with the same properties.
      run.allowance.permit(JSON.stringify(properties), { limits, remembered });
      const found = [...issues, ...(losses && issues.length === 0 ? judgeLosses(losses, limits) : [])];
      return { inputs: properties, failures: found.map(({ path, message }) => ({ property: path, reason: message })) };
    },

    // The engine keeps the new inputs of a resource that did not change, so the memory needs no update of its own.
    diff: () => ({ changes: false, replaces: [] }),

    create: async () => ({ id: "guard", outputs: {} }),

    read: async ({ id, outputs }) => ({ id, outputs, inputs: undefined }),

    update: async ({ outputs }) => outputs,

    delete: async () => undefined,
  };
}

function readLimits(properties: Properties): { readonly limits: GuardLimits; readonly issues: readonly Issue[] } {
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
  if (value == null || isUnknown(value)) return DEFAULT_LIMIT;
  const limit = typeof value === "string" || typeof value === "number" ? parseLimit(value) : undefined;
  if (!limit) issues.push(issue(property, "CSP_GUARD_LIMIT", { property, value: String(value) }));
  return limit ?? DEFAULT_LIMIT;
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

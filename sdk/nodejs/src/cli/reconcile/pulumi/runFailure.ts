import { type ErrorCode, errorCatalogue } from "@azurestack-csp/provider";
import { type ExitCode, exitCodes } from "../../console/exitCodes.ts";
import { CommandFailure, exitCodeFor } from "../../console/failures.ts";
import { ROOT } from "../../stacks/state/deployment.ts";
import type { EngineError, Step } from "./stackEvents.ts";

/** What a failed run had come to. */
export interface RunProgress {
  readonly done: readonly Step[];
  readonly failed: readonly Step[];
  readonly durationInMs: number;
}

/** A run that failed, by what its resources reported. */
export class RunFailure extends CommandFailure {
  readonly lines: readonly string[];
  readonly progress: RunProgress;

  constructor(
    lines: readonly string[],
    { progress, cause }: { readonly progress: RunProgress; readonly cause?: unknown },
  ) {
    super(exitCodeOfErrors(lines), lines.join("\n"), { cause });
    this.lines = lines;
    this.progress = progress;
  }

  /** The same failure with another line at its end. */
  followedBy(line: string): RunFailure {
    return new RunFailure([...this.lines, line], this);
  }
}

/** Errors of a run, told apart. */
export interface SortedErrors {
  /** What somebody has to cure. */
  readonly causes: readonly EngineError[];
  /** What only follows from that, by the engine's reckoning. */
  readonly consequences: readonly EngineError[];
}

/** A code of ours, as the texts carry it. */
const CODE = /\[(CSP_[A-Z_]+)\]/g;

/**
 * Tells what went wrong from what the engine reports as its consequence: that the run failed, and each resource of the
 * plan that the run did not come to, as an error of that resource.
 *
 * @param begun - the URNs of the resources that a run which holds to a plan came to; without a plan each error counts.
 */
export function sortErrors(errors: readonly EngineError[], begun?: ReadonlySet<string>): SortedErrors {
  const isConsequence = ({ text, urn }: EngineError) =>
    text.match(CODE) === null && (!isResource(urn) || (begun !== undefined && !begun.has(urn)));
  return {
    causes: errors.filter((error) => !isConsequence(error)),
    consequences: errors.filter(isConsequence),
  };
}

/** The engine reports what is about no resource for the stack. */
function isResource(urn: string): boolean {
  return urn !== "" && !urn.includes(`::${ROOT}::`);
}

const GUARD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "CSP_GUARD_REMOVALS",
  "CSP_GUARD_MOVES",
  "CSP_GUARD_REMOVAL_STOPPED",
  "CSP_GUARD_MOVE_STOPPED",
]);

/**
 * The exit code for what a run reported, by the stable codes that our errors carry in brackets.
 *
 * The provider is another process, behind the engine; its errors arrive as text.
 */
export function exitCodeOfErrors(errors: readonly string[]): ExitCode {
  const codes = errors.flatMap((text) => [...text.matchAll(CODE)].flatMap(([, code]) => knownCode(code)));
  if (codes.some((code) => GUARD.has(code))) return exitCodes.guard;
  const found = new Set(codes.map((code) => exitCodeFor(errorCatalogue[code])));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : exitCodes.failed;
}

function knownCode(code: string | undefined): readonly ErrorCode[] {
  return code !== undefined && Object.hasOwn(errorCatalogue, code) ? [code as ErrorCode] : [];
}

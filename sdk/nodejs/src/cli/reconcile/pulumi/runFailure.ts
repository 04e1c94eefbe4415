import { type ErrorCode, errorCatalogue } from "@azurestack-csp/provider";
import { type ExitCode, exitCodes } from "../../console/exitCodes.ts";
import { exitCodeFor } from "../../console/failures.ts";

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
  const codes = errors.flatMap((text) =>
    [...text.matchAll(/\[(CSP_[A-Z_]+)\]/g)].flatMap(([, code]) => knownCode(code)),
  );
  if (codes.some((code) => GUARD.has(code))) return exitCodes.guard;
  const found = new Set(codes.map((code) => exitCodeFor(errorCatalogue[code])));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : exitCodes.failed;
}

function knownCode(code: string | undefined): readonly ErrorCode[] {
  return code !== undefined && Object.hasOwn(errorCatalogue, code) ? [code as ErrorCode] : [];
}

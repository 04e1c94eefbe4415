import { type ErrorCode, errorCatalogue, isProviderError } from "@azurestack-csp/provider";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

const BRAND = "azurestack-csp.CommandFailure";

/** An error whose messages stand already on standard error, or in its text, and that ends the command with a code of its own. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: ExitCode;
  readonly brand = BRAND;

  constructor(exitCode: ExitCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The exit code that an error ends a command with; `unexpected` where it is no error that this product knows. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandFailure) return error.exitCode;
  if (isProviderError(error)) return exitCodeFor(error.code);
  if (error instanceof Error && INTERRUPTIONS.includes(error.name)) return exitCodes.interrupted;
  return exitCodes.unexpected;
}

/** The exit code that an error of the catalogue ends a command with. */
export function exitCodeFor(code: ErrorCode): ExitCode {
  if (NETWORK.has(code)) return exitCodes.failed;
  if (code === "CSP_GUARD_REMOVALS" || code === "CSP_GUARD_MOVES") return exitCodes.guard;
  const { kind } = errorCatalogue[code];
  if (kind === "input") return exitCodes.input;
  if (kind === "access") return exitCodes.credentials;
  if (kind === "install" || kind === "usage") return exitCodes.usage;
  return exitCodes.failed;
}

/** How an aborted request, and a question that Ctrl-C ended, are called. */
const INTERRUPTIONS: readonly string[] = ["AbortError", "AbortPromptError", "ExitPromptError"];

/** A person without network needs no other credential. */
const NETWORK: ReadonlySet<ErrorCode> = new Set(["CSP_UNREACHABLE", "CSP_NOT_ARM", "CSP_CERTIFICATE_REFUSED"]);

/** The text of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The stable code of an error; absent where it has none. */
export function codeOf(error: unknown): string | undefined {
  return isProviderError(error) ? error.code : undefined;
}

import { type ErrorCode, type ErrorDefinition, isProviderError } from "@azurestack-csp/provider";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

const BRAND = "azurestack-csp.CommandFailure";

/** An error whose messages stand already on standard error, or in its text, and that ends the command with a code of its own. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: ExitCode;
  /** What was found wrong, for the document of `--json`. */
  readonly issues: readonly FailureIssue[];
  readonly brand = BRAND;

  constructor(
    exitCode: ExitCode,
    message: string,
    { issues = [], ...options }: { readonly issues?: readonly FailureIssue[]; readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.exitCode = exitCode;
    this.issues = issues;
  }
}

/** Something that a command failed for; an issue of the list, of a plan or of a run has more beside the two. */
export interface FailureIssue {
  /** The stable code of the error; absent where the error is Pulumi's. */
  readonly code?: string | undefined;
  readonly message: string;
}

/** The exit code that an error ends a command with; `unexpected` where it is no error that this product knows. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandFailure) return error.exitCode;
  if (isProviderError(error)) return exitCodeFor(error);
  if (error instanceof Error && INTERRUPTIONS.includes(error.name)) return exitCodes.interrupted;
  return exitCodes.unexpected;
}

/** The exit code that an error ends a command with, whichever family it is of. */
export function exitCodeFor({ code, kind }: Pick<ErrorDefinition, "code" | "kind">): ExitCode {
  if (NETWORK.has(code)) return exitCodes.failed;
  if (code === "CSP_GUARD_REMOVALS" || code === "CSP_GUARD_MOVES") return exitCodes.guard;
  if (kind === "input") return exitCodes.input;
  if (kind === "access") return exitCodes.credentials;
  if (kind === "install" || kind === "usage") return exitCodes.usage;
  return exitCodes.failed;
}

/** How an aborted request, and a question that Ctrl-C ended, are called. */
const INTERRUPTIONS: readonly string[] = ["AbortError", "AbortPromptError", "ExitPromptError"];

/** A person without network needs no other credential. */
const NETWORK: ReadonlySet<string> = new Set<ErrorCode>(["CSP_UNREACHABLE", "CSP_NOT_ARM", "CSP_CERTIFICATE_REFUSED"]);

/** The text of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error as a document holds it: the code is that of the error itself, or of the first thing that was found wrong. */
export function describeError(error: unknown, message = messageOf(error)) {
  const issues = error instanceof CommandFailure ? error.issues : [];
  const code = isProviderError(error) ? error.code : issues.find((issue) => issue.code !== undefined)?.code;
  return { code, message, ...(issues.length > 0 ? { issues } : {}) };
}

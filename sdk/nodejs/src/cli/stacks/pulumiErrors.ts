import { ProviderError } from "@azurestack-csp/provider";
import { messageOf } from "../console/failures.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/** What Pulumi is asked to do, for its error. */
export interface PulumiRequest {
  /** Fits behind "Pulumi could not". */
  readonly action: string;
  readonly stack?: string;
}

/** Asks Pulumi for something; its refusal becomes an error of the catalogue, other errors stay as they are. */
export async function asking<Result>(request: PulumiRequest, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw await pulumiFailure(request, error);
  }
}

/** Pulumi's refusal as an error of the catalogue; any other error as it is. */
export async function pulumiFailure({ action, stack = "" }: PulumiRequest, error: unknown): Promise<unknown> {
  const { CommandError, ConcurrentUpdateError } = await import("@pulumi/pulumi/automation/index.js");
  if (error instanceof ConcurrentUpdateError) return new ProviderError(commandErrors.CSP_COMMAND_STACK_BUSY, { stack });
  if (!(error instanceof CommandError)) return error;
  return new ProviderError(
    commandErrors.CSP_COMMAND_PULUMI_FAILED,
    { action, reason: reasonIn(messageOf(error)) },
    { cause: error },
  );
}

/** Whether what failed is a command of Pulumi's that a signal has ended, as for want of memory. */
export function wasKilled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { signal, commandResult, cause } = error as Error & Killable;
  return Boolean(signal ?? commandResult?.err?.signal) || wasKilled(cause);
}

/** A failed child process, and the Automation API's error, which holds one. */
interface Killable {
  readonly signal?: string | null;
  readonly commandResult?: { readonly err?: { readonly signal?: string } };
}

/** The Automation API folds code, standard output and standard error into one message; the last holds the reason. */
export function reasonIn(message: string): string {
  const at = message.indexOf("stderr: ");
  const text = at === -1 ? message : message.slice(at + "stderr: ".length);
  const end = text.indexOf("\n err?: ");
  return (end === -1 ? text : text.slice(0, end)).trim();
}

import { today } from "../../tenantList/today.ts";
import { anchorFiles } from "./anchorFiles.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { CommandFailure, describeError, exitCodeOf, messageOf } from "./failures.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

/** What a command is given by the process it runs in. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder. */
  readonly folder: string;
  readonly terminal: Terminal;
  /** Fires with Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** What a command does. */
export type CommandAction = (context: CommandContext) => Promise<ExitCode>;

/** Runs the action of a command; with `json` an error is a document on standard output too. */
export type RunCommand = (action: CommandAction, options?: { readonly json?: boolean | undefined }) => Promise<void>;

/** Runs an action in this process, reports its error if it has one, and tells its exit code. */
export async function runAction(action: CommandAction, { json = false } = {}): Promise<ExitCode> {
  const { signal, end } = listenForSignals();
  const { env, stdin, stdout, stderr } = process;
  const terminal = createTerminal({ env, stdin, stdout, stderr });
  const folder = process.cwd();
  anchorFiles(env, folder);
  try {
    return await action({ env, folder, terminal, signal, today });
  } catch (error) {
    const code = signal.aborted ? exitCodes.interrupted : exitCodeOf(error);
    if (code === exitCodes.unexpected) throw error;
    const message =
      error instanceof CommandFailure || code !== exitCodes.interrupted ? messageOf(error) : "Interrupted.";
    if (json) {
      const described = describeError(error, message);
      // Whatever the command was at is no failure of its own, and a no to a question is no interruption.
      const isBrokenOff = code === exitCodes.interrupted && (signal.aborted || !(error instanceof CommandFailure));
      terminal.data(
        JSON.stringify({
          version: 1,
          error: isBrokenOff ? { ...described, code: "CSP_COMMAND_INTERRUPTED" } : described,
        }),
      );
    }
    terminal.say(message);
    return code;
  } finally {
    end();
  }
}

/** The first signal asks the command to end; the second one ends the process. */
function listenForSignals(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const signals = ["SIGINT", "SIGTERM"] as const;
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}

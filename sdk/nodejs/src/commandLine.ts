import { createRequire } from "node:module";
import { ProviderError } from "@azurestack-csp/provider";
import { Command, CommanderError } from "commander";
import { addAdoptCommand } from "./cli/commands/adopt.ts";
import { addAuditCommand } from "./cli/commands/audit.ts";
import { addCompletionCommand } from "./cli/commands/completion.ts";
import { addEmulatorCommand } from "./cli/commands/emulator.ts";
import { addExplainCommand } from "./cli/commands/explain.ts";
import { addInitCommand } from "./cli/commands/init.ts";
import { addListCommand } from "./cli/commands/list.ts";
import { addPlanCommand } from "./cli/commands/plan.ts";
import { addReconcileCommand } from "./cli/commands/reconcile.ts";
import { addUsageCommand } from "./cli/commands/usage.ts";
import { addValidateCommand } from "./cli/commands/validate.ts";
import { type RunCommand, runAction } from "./cli/console/commandContext.ts";
import { type ExitCode, exitCodes } from "./cli/console/exitCodes.ts";
import { commandErrors } from "./cli/errors/commandErrors.ts";

const HELP = `
Exit codes: ${Object.entries(exitCodes)
  .map(([name, code]) => `${code} ${name}`)
  .join(", ")}; docs/command-line.md in the package explains them.
`;

/**
 * The command `azurestack-csp`.
 *
 * @param argv as Node gives it: interpreter, script, then the arguments
 * @returns the exit code, one of `exitCodes`
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = createProgram(async (action, options) => {
    exitCode = await runAction(action, options);
  });
  listenForBrokenStreams();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.ok;
    if (error.code === HELP_SHOWN) return exitCodes.usage;
    const reason = error.message
      .replace(/^error: /, "")
      .replace(/\s*\n\s*/g, " ")
      .replace(/\.$/, "");
    return reportUsage(new ProviderError(commandErrors.CSP_COMMAND_USAGE, { reason }), argv);
  }
  return exitCode;
}

/** How commander calls it that it has shown the help, where no command was named. */
const HELP_SHOWN = "commander.help";

/** The arguments were not read to the end, so that whether `--json` is among them can be told from the words alone. */
function reportUsage({ code, message }: ProviderError, argv: readonly string[]): ExitCode {
  if (argv.includes("--json")) process.stdout.write(`${JSON.stringify({ version: 1, error: { code, message } })}\n`);
  process.stderr.write(`${message}\n`);
  return exitCodes.usage;
}

/** All commands, for parsing, help and completion. */
export function createProgram(run: RunCommand): Command {
  const program = new Command("azurestack-csp")
    .description("Registers a Cloud Solution Provider's customers on Azure Stack Hub")
    .version(version())
    .addHelpText("after", HELP)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  addInitCommand(program, run);
  addValidateCommand(program, run);
  addListCommand(program, run);
  addPlanCommand(program, run);
  addReconcileCommand(program, run);
  addAdoptCommand(program, run);
  addAuditCommand(program, run);
  addUsageCommand(program, run);
  addExplainCommand(program, run);
  addEmulatorCommand(program, run);
  addCompletionCommand(program, run);
  return program;
}

/**
 * A reader that has seen enough ends nothing here: what runs goes on, and what it ends with stays true.
 *
 * The listeners stay: what was written last may fail only after the command has returned.
 */
function listenForBrokenStreams(): void {
  process.stdout.off("error", onUnwritable).on("error", onUnwritable);
  process.stderr.off("error", ignore).on("error", ignore);
}

function onUnwritable(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  const { message } = new ProviderError(commandErrors.CSP_COMMAND_FILE_UNWRITABLE, {
    file: "standard output",
    reason: error.message,
  });
  process.stderr.write(`${message}\n`);
  process.once("exit", () => {
    process.exitCode = exitCodes.input;
  });
}

/** There is nowhere left to tell it. */
function ignore(): void {}

function version(): string {
  const { version } = createRequire(import.meta.url)("azurestack-csp/package.json") as { version: string };
  return version;
}

import { createRequire } from "node:module";
import { ProviderError } from "@azurestack-csp/provider";
import { Command, CommanderError } from "commander";
import { addAdoptCommand } from "./commands/adopt.ts";
import { addAuditCommand } from "./commands/audit.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { runEmulatorCommand } from "./commands/emulator.ts";
import { addPlanCommand } from "./commands/plan.ts";
import { addReconcileCommand } from "./commands/reconcile.ts";
import { type RunCommand, runAction } from "./commands/shared/commandContext.ts";
import { type ExitCode, exitCodes } from "./commands/shared/exitCodes.ts";
import { addValidateCommand } from "./commands/validate.ts";

const HELP = `
Exit codes: ${Object.entries(exitCodes)
  .map(([name, code]) => `${code} ${name}`)
  .join(", ")}; docs/command-line.md explains them.
`;

/** How the commands run; each settles when its exit code is known. */
export interface CommandRunners {
  readonly run: RunCommand;
  readonly runEmulator: (options: readonly string[]) => Promise<void>;
}

/**
 * The command `azurestack-csp`.
 *
 * @param argv as Node gives it: interpreter, script, then the arguments
 * @returns the exit code, one of `exitCodes`
 */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram({
    run: async (action, options) => {
      exitCode = await runAction(action, options);
    },
    runEmulator: async (options) => {
      exitCode = await runEmulatorCommand(options);
    },
  });
  // It stays: what was written last may fail only after this function has returned.
  process.stdout.off("error", endWithReader).on("error", endWithReader);
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
    return reportUsage(new ProviderError("CSP_COMMAND_USAGE", { reason }), argv);
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
export function createProgram({ run, runEmulator }: CommandRunners): Command {
  const program = new Command("azurestack-csp")
    .description("Registers a Cloud Solution Provider's customers on Azure Stack Hub")
    .version(version())
    .addHelpText("after", HELP)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  addValidateCommand(program, run);
  addPlanCommand(program, run);
  addReconcileCommand(program, run);
  addAdoptCommand(program, run);
  addAuditCommand(program, run);
  program
    .command("emulator")
    .description("run Azure Resource Manager with Azure Stack Hub registrations on loopback")
    .helpOption(false)
    .allowUnknownOption()
    .argument("[options...]", "see azurestack-csp emulator --help")
    .action(runEmulator);
  addCompletionCommand(program, run);
  return program;
}

/** Whoever reads the output may stop early, as `head` does. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function version(): string {
  const { version } = createRequire(import.meta.url)("azurestack-csp/package.json") as { version: string };
  return version;
}

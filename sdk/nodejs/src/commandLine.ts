import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import { runEmulatorCommand } from "./commands/emulator.ts";

/** The exit code for arguments that cannot be used; those of the commands themselves are theirs. */
const USAGE = 2;

/**
 * The command `azurestack-csp`.
 *
 * @param argv as Node gives it: interpreter, script, then the arguments
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command("azurestack-csp")
    .description("Registers a Cloud Solution Provider's customers on Azure Stack Hub")
    .version(version())
    .exitOverride();
  program
    .command("emulator")
    .description("run Azure Resource Manager with Azure Stack Hub registrations on loopback")
    .helpOption(false)
    .allowUnknownOption()
    .argument("[options...]", "see azurestack-csp emulator --help")
    .action(async (options: readonly string[]) => {
      exitCode = await runEmulatorCommand(options);
    });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : USAGE;
  }
  return exitCode;
}

function version(): string {
  const { version } = createRequire(import.meta.url)("azurestack-csp/package.json") as { version: string };
  return version;
}

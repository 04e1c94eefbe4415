import { ProviderError } from "@azurestack-csp/provider";
import type { Command } from "commander";
import type { CommandContext, RunCommand } from "../console/commandContext.ts";
import type { ExitCode } from "../console/exitCodes.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/** Runs a part on the words that stand behind its name, which it reads by itself, `--help` included. */
type RunPart = (words: readonly string[], context: CommandContext) => Promise<ExitCode>;

/** A part of the product that is a package of its own, because not everybody needs it. */
export interface OptionalPart {
  /** The command, and what the part is called. */
  readonly name: string;
  readonly packageName: string;
  readonly description: string;
  /** Loads the package, which is installed. */
  readonly load: () => Promise<RunPart>;
}

/** Adds the command of a part; where its package is absent the command says how to add it. */
export function addOptionalPart(program: Command, run: RunCommand, part: OptionalPart): void {
  const { name, packageName, description, load } = part;
  program
    .command(name)
    .description(description)
    .helpOption(false)
    .allowUnknownOption()
    .argument("[options...]", `see azurestack-csp ${name} --help`)
    .action((words: readonly string[]) =>
      run(
        async (context) => {
          if (!isInstalled(packageName))
            throw new ProviderError(commandErrors.CSP_COMMAND_PART_MISSING, { name, packageName });
          const runPart = await load();
          return await runPart(words, context);
        },
        { json: words.includes("--json") },
      ),
    );
}

/** Told beforehand: an import that fails may as well be a fault of the package. */
function isInstalled(packageName: string): boolean {
  try {
    return import.meta.resolve(packageName) !== "";
  } catch {
    return false;
  }
}

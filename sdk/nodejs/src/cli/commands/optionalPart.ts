import type { Command } from "commander";
import type { CommandContext, RunCommand } from "../console/commandContext.ts";
import type { ExitCode } from "../console/exitCodes.ts";
import { type Part, requirePart } from "../errors/requirePart.ts";

/** Runs a part on the words that stand behind its name, which it reads by itself, `--help` included. */
type RunPart = (words: readonly string[], context: CommandContext) => Promise<ExitCode>;

/** A part that has a command line of its own; its name is that of the command. */
export interface OptionalPart extends Part {
  readonly description: string;
  /** Loads the package, which is installed. */
  readonly load: () => Promise<RunPart>;
}

/** Adds the command of a part; where its package is absent the command says how to add it. */
export function addOptionalPart(program: Command, run: RunCommand, part: OptionalPart): void {
  const { name, description, load } = part;
  program
    .command(name)
    .description(description)
    .helpOption(false)
    .allowUnknownOption()
    .argument("[options...]", `see azurestack-csp ${name} --help`)
    .action((words: readonly string[]) =>
      run(
        async (context) => {
          requirePart(part);
          const runPart = await load();
          return await runPart(words, context);
        },
        { json: words.includes("--json") },
      ),
    );
}

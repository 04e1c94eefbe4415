import { type Command, InvalidArgumentError } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { type Completable, completionScript, SHELLS, type Shell } from "./completionScripts.ts";

const EXAMPLES = `
Examples:
  $ source <(azurestack-csp completion bash)          # in ~/.bashrc
  $ source <(azurestack-csp completion zsh)           # in ~/.zshrc, behind compinit
  $ azurestack-csp completion fish > ~/.config/fish/completions/azurestack-csp.fish
  > azurestack-csp completion powershell | Out-String | Invoke-Expression
`;

/** Adds `completion`: a script with the commands and options that the program has, for each shell. */
export function addCompletionCommand(program: Command, run: RunCommand): void {
  program
    .command("completion")
    .summary("print a script that completes commands and options in a shell")
    .description("Prints a script that completes the commands and options of azurestack-csp in a shell.")
    .argument("<shell>", `one of ${SHELLS.join(", ")}`, toShell)
    .addHelpText("after", EXAMPLES)
    .action((shell: Shell) =>
      run(async ({ terminal }) => {
        terminal.data(completionScript(shell, program.commands.map(toCompletable)));
        return exitCodes.ok;
      }),
    );
}

function toShell(text: string): Shell {
  const shell = SHELLS.find((each) => each === text);
  if (shell) return shell;
  throw new InvalidArgumentError(`It is one of ${SHELLS.join(", ")}.`);
}

/** A command as shells complete it: its long options and those of the commands below it, and what may stand behind it. */
export function toCompletable(command: Command): Completable {
  const own = [command, ...command.commands].flatMap(({ options }) => options.flatMap(({ long }) => long ?? []));
  const below = command.commands.map((each) => each.name());
  return {
    name: command.name(),
    summary: command.summary() || command.description(),
    words: command.name() === "completion" ? SHELLS : below,
    options: [...new Set([...own, "--help"])],
  };
}

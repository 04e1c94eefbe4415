import { type Command, InvalidArgumentError } from "commander";
import type { RunCommand } from "./shared/commandContext.ts";
import { exitCodes } from "./shared/exitCodes.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

type Shell = (typeof SHELLS)[number];

/** A command as a shell completes it. */
interface Completable {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly string[];
}

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
        terminal.data(scripts[shell](program.commands.map(toCompletable)));
        return exitCodes.ok;
      }),
    );
}

function toShell(text: string): Shell {
  const shell = SHELLS.find((each) => each === text);
  if (shell) return shell;
  throw new InvalidArgumentError(`It is one of ${SHELLS.join(", ")}.`);
}

function toCompletable(command: Command): Completable {
  const options = command.options.flatMap(({ long }) => (long ? [long] : []));
  return { name: command.name(), summary: command.summary() || command.description(), options: [...options, "--help"] };
}

const scripts: Readonly<Record<Shell, (commands: readonly Completable[]) => string>> = {
  bash: (commands) => `_azurestack_csp() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(" ")}"
  elif [ "\${word#-}" != "$word" ]; then
    case \${COMP_WORDS[1]} in
${commands.map(({ name, options }) => `      ${name}) words="${options.join(" ")}" ;;`).join("\n")}
    esac
  elif [ "\${COMP_WORDS[1]}" = completion ]; then
    words="${SHELLS.join(" ")}"
  fi
  COMPREPLY=()
  while IFS= read -r found; do COMPREPLY+=("$found"); done < <(compgen -W "$words" -- "$word")
}
complete -o default -F _azurestack_csp azurestack-csp
`,
  zsh: (commands) => `#compdef azurestack-csp
_azurestack_csp() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, summary }) => `      ${quote(`${name}:${summary}`)}`).join("\n")}
    )
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map(({ name, options }) => `    ${name}) [[ $PREFIX == -* ]] && compadd -- ${options.join(" ")} ;;`).join("\n")}
  esac
  [[ $words[2] == completion ]] && compadd -- ${SHELLS.join(" ")}
  [[ $PREFIX == -* ]] || _files
}
compdef _azurestack_csp azurestack-csp
`,
  fish: (commands) =>
    commands
      .flatMap(({ name, summary, options }) => [
        `complete -c azurestack-csp -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
        ...options.map(
          (option) => `complete -c azurestack-csp -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`,
        ),
      ])
      .concat(`complete -c azurestack-csp -n '__fish_seen_subcommand_from completion' -fa '${SHELLS.join(" ")}'`)
      .join("\n"),
  powershell: (commands) => `Register-ArgumentCompleter -Native -CommandName azurestack-csp -ScriptBlock {
  param($word, $ast, $position)
  $options = @{
${commands.map(({ name, options }) => `    ${quote(name)} = ${options.map(quote).join(", ")}`).join("\n")}
  }
  $given = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $offered = if ($word.StartsWith('-') -and $given.Count -gt 1) { $options[$given[1]] } else { ${commands.map(({ name }) => quote(name)).join(", ")} }
  $offered | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`,
};

/** Single quotes, which all four shells read alike where the text has none of its own. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}

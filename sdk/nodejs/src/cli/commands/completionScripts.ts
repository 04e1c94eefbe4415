/** The shells that there is a script for. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/** A command as a shell completes it. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
  /** What may stand behind it, where that is one of few words. */
  readonly words: readonly string[];
  readonly options: readonly string[];
}

/** The script with which a shell completes these commands and their options. */
export function completionScript(shell: Shell, commands: readonly Completable[]): string {
  return scripts[shell](commands);
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
  elif [ "$COMP_CWORD" -eq 2 ]; then
    case \${COMP_WORDS[1]} in
${wordy(commands)
  .map(({ name, words }) => `      ${name}) words="${words.join(" ")}" ;;`)
  .join("\n")}
    esac
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
${wordy(commands)
  .map(({ name, words }) => `  (( CURRENT == 3 )) && [[ $words[2] == ${name} ]] && compadd -- ${words.join(" ")}`)
  .join("\n")}
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
      .concat(
        wordy(commands).map(
          ({ name, words }) =>
            `complete -c azurestack-csp -n '__fish_seen_subcommand_from ${name}' -fa '${words.join(" ")}'`,
        ),
      )
      .join("\n"),
  powershell: (commands) => `Register-ArgumentCompleter -Native -CommandName azurestack-csp -ScriptBlock {
  param($word, $ast, $position)
  $options = @{
${commands.map(({ name, options }) => `    ${quote(name)} = ${options.map(quote).join(", ")}`).join("\n")}
  }
  $words = @{
${wordy(commands)
  .map(({ name, words }) => `    ${quote(name)} = ${words.map(quote).join(", ")}`)
  .join("\n")}
  }
  $given = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $offered = if ($word.StartsWith('-') -and $given.Count -gt 1) { $options[$given[1]] } elseif ($given.Count -gt 1 -and $words[$given[1]]) { $words[$given[1]] } else { ${commands.map(({ name }) => quote(name)).join(", ")} }
  $offered | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`,
};

function wordy(commands: readonly Completable[]): readonly Completable[] {
  return commands.filter(({ words }) => words.length > 0);
}

/** Single quotes, which all four shells read alike where the text has none of its own. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}

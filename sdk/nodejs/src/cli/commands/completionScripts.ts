/** The shells that there is a script for. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/** A command as a shell completes it. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
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

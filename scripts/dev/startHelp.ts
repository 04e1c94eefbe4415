/** What `npm start -- --help` says. */
export function startHelp(ownCommands: readonly string[]): string {
  return `npm start [-- <command> [options]]

Runs a command on the sample of this repository, against an emulator of Azure on this machine; no Azure account is used.

  npm start                      pulumi up --yes: registers the customers of tenants.yaml
  npm start -- <command>         a command of azurestack-csp (${ownCommands.join(", ")})
                                 or of Pulumi (preview, refresh, destroy, stack, config, …)
  npm start -- <command> --help  the options of that command
  npm start -- emulator          an emulator of its own, for programs elsewhere, until Ctrl-C

The emulator and the stack keep what they hold in .azurestack-csp/; remove that folder to begin anew.`;
}

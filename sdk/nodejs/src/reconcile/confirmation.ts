import { type Plan, ProviderError } from "@azurestack-csp/provider";
import { hasChanges } from "../commands/plan/changes.ts";
import { planText } from "../commands/plan/planText.ts";
import { exitCodes } from "../commands/shared/exitCodes.ts";
import { CommandFailure } from "../commands/shared/failures.ts";
import type { Terminal } from "../commands/shared/terminal.ts";

/**
 * How a plan is shown before it is applied, and how it is made sure that somebody wants it.
 *
 * It is shown with `--yes` too: a pipeline's log is where one looks for what was done. Where nothing changes there is
 * nothing to show.
 */
export function createConfirmation(
  terminal: Terminal,
  { yes }: { readonly yes?: true },
): (stack: string, plan: Plan) => Promise<void> {
  return async (stack, plan) => {
    if (!hasChanges(plan)) return;
    const { messages } = terminal;
    terminal.say(`${messages.colours.bold(`Plan for stack ${stack}`)}\n\n${planText(plan, messages)}\n`);
    if (yes) return;
    if (!terminal.isInteractive) {
      const count = plan.registrations.reduce((sum, { changes }) => sum + changes.length, 0);
      throw new ProviderError("CSP_RECONCILE_UNCONFIRMED", { count: String(count) });
    }
    const { default: confirm } = await import("@inquirer/confirm");
    const isWanted = await confirm({ message: "Apply this plan?", default: false }, { output: process.stderr });
    if (!isWanted) throw new CommandFailure(exitCodes.interrupted, "Nothing was changed.");
  };
}

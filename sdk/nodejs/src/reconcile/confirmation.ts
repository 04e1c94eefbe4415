import { type Plan, ProviderError } from "@azurestack-csp/provider";
import { hasChanges } from "../commands/plan/changes.ts";
import { planText } from "../commands/plan/planText.ts";
import { exitCodes } from "../commands/shared/exitCodes.ts";
import { CommandFailure } from "../commands/shared/failures.ts";
import type { Terminal } from "../commands/shared/terminal.ts";

/** How it is made sure that somebody wants what a plan says. */
export function createConfirmation(
  terminal: Terminal,
  { yes }: { readonly yes?: true },
): (plan: Plan) => Promise<void> {
  return async (plan) => {
    if (yes || !hasChanges(plan)) return;
    if (!terminal.isInteractive) {
      const count = plan.registrations.reduce((sum, { changes }) => sum + changes.length, 0);
      throw new ProviderError("CSP_RECONCILE_UNCONFIRMED", { count: String(count) });
    }
    terminal.say(planText(plan, terminal));
    const { default: confirm } = await import("@inquirer/confirm");
    const isWanted = await confirm({ message: "Apply this plan?", default: false }, { output: process.stderr });
    if (!isWanted) throw new CommandFailure(exitCodes.interrupted, "Nothing was changed.");
  };
}

import { type Plan, ProviderError } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure } from "../console/failures.ts";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import { planText } from "../plan/planText.ts";
import { hasChanges } from "../plan/planWording.ts";
import { nameOfUrn } from "../stacks/state/deployment.ts";
import type { Step } from "./pulumi/stackEvents.ts";
import { isStranger } from "./refuseStrangers.ts";

/** Shows what a run would do, the program's other resources included; throws where nobody agrees. */
export type Confirmation = (stack: string, plan: Plan, steps: readonly Step[]) => Promise<void>;

/** How many steps on other resources are named; the rest are counted. */
const NAMED = 20;

/** Operations that leave a resource as it is. */
const UNCHANGED = new Set(["same", "read", "refresh"]);

/**
 * How a plan is shown before it is applied, and how it is made sure that somebody wants it.
 *
 * It is shown with `--yes` too: a pipeline's log is where one looks for what was done. Where nothing changes there is
 * nothing to show.
 */
export function createConfirmation(
  { terminal, signal }: Pick<CommandContext, "terminal" | "signal">,
  { yes }: { readonly yes: boolean },
): Confirmation {
  return async (stack, plan, steps) => {
    const others = steps.filter(({ type, op }) => isStranger(type) && !UNCHANGED.has(op));
    if (!hasChanges(plan) && others.length === 0) return;
    const { messages } = terminal;
    const text = [planText(plan, messages), othersText(others)].filter((part) => part !== "").join("\n\n");
    terminal.say(`${messages.colours.bold(`Plan for stack ${stack}`)}\n\n${text}\n`);
    if (yes) return;
    if (!terminal.isInteractive) {
      const count = plan.registrations.reduce((sum, { changes }) => sum + changes.length, others.length);
      throw new ProviderError(reconcileErrors.CSP_RECONCILE_UNCONFIRMED, { count: String(count) });
    }
    const { default: confirm } = await import("@inquirer/confirm");
    const isWanted = await confirm({ message: "Apply this plan?", default: false }, { output: process.stderr, signal });
    if (!isWanted) throw new CommandFailure(exitCodes.interrupted, "Nothing was changed.");
  };
}

function othersText(steps: readonly Step[]): string {
  if (steps.length === 0) return "";
  const named = steps.slice(0, NAMED).map(({ op, type, urn }) => `  ${op} ${type} ${nameOfUrn(urn)}`);
  const more = steps.length > NAMED ? [`  and ${steps.length - NAMED} more`] : [];
  return ["Other resources of the program", ...named, ...more].join("\n");
}

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

/** Shows what a run would do, to other resources and to stacks' states too; throws where nobody agrees. */
export type Confirmation = (
  stack: string,
  plan: Plan,
  steps: readonly Step[],
  handOvers?: readonly HandOver[],
) => Promise<void>;

/** Mappings that go from the state of one stack into that of another. */
export interface HandOver {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

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
  return async (stack, plan, steps, handOvers = []) => {
    const others = otherSteps(steps);
    if (!hasChanges(plan) && others.length === 0 && handOvers.length === 0) return;
    const { messages } = terminal;
    const parts = [planText(plan, messages), othersText(others), handOversText(handOvers)];
    const text = parts.filter((part) => part !== "").join("\n\n");
    terminal.say(`${messages.colours.bold(`Plan for stack ${stack}`)}\n\n${text}\n`);
    if (yes) return;
    if (!terminal.isInteractive) {
      const planned = plan.registrations.reduce((sum, { changes }) => sum + changes.length, others.length);
      const count = handOvers.reduce((sum, each) => sum + each.count, planned);
      throw new ProviderError(reconcileErrors.CSP_RECONCILE_UNCONFIRMED, { count: String(count) });
    }
    const { default: confirm } = await import("@inquirer/confirm");
    const isWanted = await confirm({ message: "Apply this plan?", default: false }, { output: process.stderr, signal });
    if (!isWanted) throw new CommandFailure(exitCodes.interrupted, "The plan was not applied.");
  };
}

/** The steps that change what no list declares. */
export function otherSteps(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ type, op }) => isStranger(type) && !UNCHANGED.has(op));
}

function handOversText(handOvers: readonly HandOver[]): string {
  if (handOvers.length === 0) return "";
  const lines = handOvers.map(({ from, to, count }) => `  ${count} of stack ${from} to stack ${to}`);
  return ["Mappings that go from one state to another; nothing is written to Azure for it", ...lines].join("\n");
}

function othersText(steps: readonly Step[]): string {
  if (steps.length === 0) return "";
  const named = steps.slice(0, NAMED).map(({ op, type, urn }) => `  ${op} ${type} ${nameOfUrn(urn)}`);
  const more = steps.length > NAMED ? [`  and ${steps.length - NAMED} more`] : [];
  return ["Other resources of the program", ...named, ...more].join("\n");
}

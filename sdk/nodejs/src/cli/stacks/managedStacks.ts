import { customerSubscriptionKey, hasCode, type ManagedMapping, type TenantList } from "@azurestack-csp/provider";
import type { Terminal } from "../console/terminal.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { lookElsewhere } from "./otherStacks.ts";
import type { Project } from "./project.ts";
import { openStack } from "./stack.ts";
import type { Deployment } from "./state/deployment.ts";
import type { StackState } from "./state/stackState.ts";

/** A stack and the stacks of single registrations that belong to it, seen as one. */
export interface ManagedStacks extends StackState {
  /** What all of them manage. */
  readonly managed: readonly ManagedMapping[];
  /** The exported state of the named stack alone; empty where there is no such stack. */
  readonly deployment: Deployment;
  /** Why there is no such stack, though there are stacks of single registrations, or it may be created. */
  readonly missing: unknown;
  /** The names of the stacks whose mappings these are. */
  readonly stacks: readonly string[];
  /** Other stacks of the backend, as far as they had to be read. */
  readonly others: readonly StackState[];
}

/** What is read. */
export interface ManagedStacksRequest {
  readonly stack: string;
  readonly list: TenantList;
  readonly terminal: Pick<Terminal, "say">;
  /** Whether a stack that is not there counts as an empty one. */
  readonly mayCreateStack: boolean;
}

/**
 * Reads what a stack manages, together with the stacks that `reconcile --stack-per-registration` made of it.
 *
 * Other states than those of its parts are read only where the list declares what the stack does not manage.
 *
 * @throws ProviderError `CSP_COMMAND_STACK_UNKNOWN` where neither the stack nor one of a registration of it is there, or
 *   another reason why a state cannot be read.
 */
export async function readManagedStacks(project: Project, request: ManagedStacksRequest): Promise<ManagedStacks> {
  const { stack, list, terminal, mayCreateStack } = request;
  let missing: unknown;
  const own = await openStack(project, stack)
    .export()
    .catch((error: unknown): StackState => {
      if (!hasCode(error, commandErrors.CSP_COMMAND_STACK_UNKNOWN)) throw error;
      missing = error;
      return { stack, managed: [], deployment: { resources: [] } };
    });
  const { parts, others } = await lookElsewhere(project, { state: own, list, terminal });
  if (missing !== undefined && parts.length === 0 && !mayCreateStack) throw missing;
  const stacks = [...(missing === undefined ? [own] : []), ...parts];
  const names = stacks.map((each) => each.stack);
  if (parts.length > 0)
    terminal.say(`Stack ${stack} is seen as one with those of its registrations: ${names.join(", ")}.`);
  return { ...own, managed: unite(stacks), missing, stacks: names, others };
}

/**
 * What some stacks manage together; a hand-over that was interrupted leaves a mapping in two of them.
 *
 * What is left to be deleted, or another provider's, stands for no mapping of ours in another stack.
 */
export function unite(stacks: readonly StackState[]): readonly ManagedMapping[] {
  const seen = new Set<string>();
  return stacks.flatMap(({ managed }) => {
    const added = managed.filter((each) => !isKept(each) || !seen.has(customerSubscriptionKey(each.id)));
    for (const each of managed) if (isKept(each)) seen.add(customerSubscriptionKey(each.id));
    return added;
  });
}

function isKept({ provider, isPendingDelete }: ManagedMapping): boolean {
  return provider === "azurestack-csp" && !isPendingDelete;
}

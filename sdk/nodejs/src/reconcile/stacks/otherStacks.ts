import {
  formatCustomerSubscriptionId,
  type ManagedMapping,
  ProviderError,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import type { Project } from "../../commands/shared/project.ts";
import { asking, exportStack, type StackState } from "../../commands/shared/stack.ts";

/** How many mappings an error names; the rest it counts. */
const NAMED = 5;

/** What is looked for in the other stacks. */
export interface OtherStacksRequest {
  readonly project: Project;
  /** The stack that is worked on, and what it manages. */
  readonly stack: string;
  readonly managed: readonly ManagedMapping[];
  readonly list: TenantList;
}

/** The names of a project's stacks, as commands take them. */
export async function listStackNames({ workspace }: Project): Promise<readonly string[]> {
  const stacks = await asking({ action: "list the stacks" }, async () => await workspace.listStacks());
  return stacks.map(({ name }) => name.split("/").at(-1) ?? name);
}

/**
 * The other stacks of the project that hold mappings which the list declares and the stack does not manage.
 *
 * They are asked only where there is such a mapping: a run that changes nothing reads no other state.
 */
export async function findHolders(request: OtherStacksRequest): Promise<readonly StackState[]> {
  const wanted = unmanagedIds(request);
  if (wanted.size === 0) return [];
  const names = (await listStackNames(request.project)).filter((name) => name !== request.stack);
  const states: StackState[] = [];
  for (const name of names) states.push(await exportStack(request.project, name));
  return states.filter(({ managed }) => managed.some(({ id }) => wanted.has(keyOf(id))));
}

/**
 * Refuses what another stack manages already.
 *
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE`
 */
export function refuseHeld(request: OtherStacksRequest, holders: readonly StackState[]): void {
  const wanted = unmanagedIds(request);
  for (const { stack: holder, managed } of holders) {
    const held = managed.map(({ id }) => formatCustomerSubscriptionId(id)).filter((id) => wanted.has(id.toLowerCase()));
    if (held.length === 0) continue;
    const more = held.length > NAMED ? `, and ${held.length - NAMED} more` : "";
    const mappings = `${held.slice(0, NAMED).join(", ")}${more}`;
    throw new ProviderError("CSP_RECONCILE_HELD_ELSEWHERE", { count: String(held.length), holder, mappings });
  }
}

function unmanagedIds({ list, managed }: OtherStacksRequest): ReadonlySet<string> {
  const own = new Set(managed.map(({ id }) => keyOf(id)));
  const declared = toDeclarations(list).map(({ inputs }) =>
    keyOf({ registration: inputs, customerSubscriptionId: inputs.customerSubscriptionId }),
  );
  return new Set(declared.filter((id) => !own.has(id)));
}

function keyOf(id: ManagedMapping["id"]): string {
  return formatCustomerSubscriptionId(id).toLowerCase();
}

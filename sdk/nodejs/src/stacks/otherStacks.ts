import {
  formatCustomerSubscriptionId,
  type ManagedMapping,
  ProviderError,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import type { CommandContext } from "../commands/shared/commandContext.ts";
import { messageOf } from "../commands/shared/failures.ts";
import type { Project } from "./project.ts";
import { runPulumi } from "./runPulumi.ts";
import { asking, exportStack, type StackState } from "./stack.ts";

/** How many mappings an error names; the rest it counts. */
const NAMED = 5;

/** How many stacks of other projects are looked into: each takes a command of its own. */
const FOREIGN_STACKS = 50;

/** How many of them at one time. */
const CONCURRENCY = 4;

/** What is looked for in the other stacks. */
export interface HeldRequest {
  /** What the stack that is worked on manages. */
  readonly managed: readonly ManagedMapping[];
  readonly list: TenantList;
}

/** The states of all other stacks that could be read. */
export interface OtherStacks {
  /** Those of the same project. */
  readonly own: readonly StackState[];
  /** Those of the backend's other projects, named `<organization>/<project>/<stack>`. */
  readonly foreign: readonly StackState[];
}

/** The names of a project's stacks, as commands take them. */
export async function listStackNames({ workspace }: Project): Promise<readonly string[]> {
  const stacks = await asking({ action: "list the stacks" }, async () => await workspace.listStacks());
  return stacks.map(({ name }) => name.split("/").at(-1) ?? name);
}

/** Reads the states of a backend's other stacks, and says of which ones it could not. */
export async function readOtherStacks(
  project: Project,
  { stack, context }: { readonly stack: string; readonly context: Pick<CommandContext, "terminal"> },
): Promise<OtherStacks> {
  const names = (await listStackNames(project)).filter((name) => name !== stack);
  const own = await readStates(project, names);
  return { own, foreign: await readForeignStacks(project, context) };
}

/** Reads the states of some stacks of the project, a few at a time. */
export async function readStates(project: Project, names: readonly string[]): Promise<readonly StackState[]> {
  return await pMap(names, async (name) => await exportStack(project, name), { concurrency: CONCURRENCY });
}

/** Reads what the backend's other projects hold, as far as it can be listed and read. */
export async function readForeignStacks(
  project: Project,
  { terminal }: Pick<CommandContext, "terminal">,
): Promise<readonly StackState[]> {
  const unread = (what: string) => terminal.say(`Whether ${what} holds a mapping of the list could not be looked up.`);
  const listed = await listForeign(project).catch((error: unknown) => {
    unread(`a stack of another project (${messageOf(error)})`);
    return [];
  });
  const names = listed.slice(0, FOREIGN_STACKS);
  if (names.length < listed.length) unread(`one of ${listed.length - names.length} more stacks of other projects`);
  const read = async (name: string) =>
    await exportStack(project, name).catch(() => {
      unread(`stack ${name}`);
      return undefined;
    });
  const states = await pMap(names, read, { concurrency: CONCURRENCY });
  return states.filter((state) => state !== undefined);
}

/** Pulumi lists stacks of other projects by their full names, and those of this one by their own. */
async function listForeign(project: Project): Promise<readonly string[]> {
  const args = ["stack", "ls", "--all", "--json"];
  const text = await runPulumi(project, { action: "list the stacks of the backend", args });
  const stacks = JSON.parse(text) as readonly { readonly name: string; readonly resourceCount?: number }[];
  return stacks
    .filter(({ resourceCount }) => resourceCount !== 0)
    .map(({ name }) => name)
    .filter((name) => {
      const [, inProject, stack] = name.split("/");
      return stack !== undefined && inProject !== project.name;
    });
}

/**
 * Refuses what another stack manages already.
 *
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE`
 */
export function refuseHeld(request: HeldRequest, others: readonly StackState[]): void {
  const wanted = unmanagedIds(request);
  for (const { stack: holder, managed } of others) {
    const held = managed.map(({ id }) => formatCustomerSubscriptionId(id)).filter((id) => wanted.has(id.toLowerCase()));
    if (held.length === 0) continue;
    const more = held.length > NAMED ? `, and ${held.length - NAMED} more` : "";
    const mappings = `${held.slice(0, NAMED).join(", ")}${more}`;
    throw new ProviderError("CSP_RECONCILE_HELD_ELSEWHERE", { count: String(held.length), holder, mappings });
  }
}

/** ARM ids, in lower case, of the mappings that the list declares and the stack does not manage. */
export function unmanagedIds({ list, managed }: HeldRequest): ReadonlySet<string> {
  const own = new Set(managed.map(({ id }) => keyOf(id)));
  const declared = toDeclarations(list).map(({ inputs }) =>
    keyOf({ registration: inputs, customerSubscriptionId: inputs.customerSubscriptionId }),
  );
  return new Set(declared.filter((id) => !own.has(id)));
}

function keyOf(id: ManagedMapping["id"]): string {
  return formatCustomerSubscriptionId(id).toLowerCase();
}

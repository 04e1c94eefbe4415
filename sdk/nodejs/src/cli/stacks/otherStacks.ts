import {
  aFew,
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatCustomerSubscriptionId,
  type ManagedMapping,
  ProviderError,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import { messageOf } from "../console/failures.ts";
import type { Terminal } from "../console/terminal.ts";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import { isPartOf } from "./partMark.ts";
import { mayBePart, shortName } from "./partName.ts";
import type { Project } from "./project.ts";
import { openStack } from "./stack.ts";
import type { StackState } from "./state/stackState.ts";

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

/** The other stacks of a backend, as far as they had to be read. */
export interface Elsewhere {
  /** Those of single registrations that belong to the stack. */
  readonly parts: readonly StackState[];
  /** All others that could be read; of other projects named `<organization>/<project>/<stack>`. */
  readonly others: readonly StackState[];
}

/** What is looked up elsewhere, and with what. */
export interface ElsewhereRequest {
  /** The state of the stack that is worked on. */
  readonly state: StackState;
  readonly list: TenantList;
  readonly terminal: Pick<Terminal, "say">;
}

/**
 * Looks into the other stacks of the backend for what the list declares and the stack does not manage, and says which ones
 * could not be read.
 *
 * Where the stack manages all that is declared, only those are read that may be its parts, which may hold what the list no
 * longer declares. Stacks of other projects are read only for what no part holds either.
 *
 * @throws ProviderError where a stack that may be a part cannot be read.
 */
export async function lookElsewhere(project: Project, { state, list, terminal }: ElsewhereRequest): Promise<Elsewhere> {
  const { stack, managed } = state;
  const ownName = shortName(stack);
  const names = (await project.stackNames()).filter((name) => name !== ownName);
  const isComplete = unmanagedIds({ managed, list }).size === 0;
  const asked = isComplete ? names.filter((name) => mayBePart(stack, name)) : names;
  const own = await readSiblings(project, asked, { whole: stack, terminal });
  const parts = own.filter((other) => isPartOf(stack, other));
  const united = [state, ...parts].flatMap((each) => each.managed);
  const foreign = await readForeign(project, { managed: united, list, terminal });
  return { parts, others: [...own.filter((other) => !parts.includes(other)), ...foreign] };
}

/** Which stack of the backend manages a mapping, by `customerSubscriptionKey`, as far as they can be read. */
export async function findHolders(
  project: Project,
  { except, terminal }: { readonly except: string; readonly terminal: Pick<Terminal, "say"> },
): Promise<ReadonlyMap<string, string>> {
  const names = (await project.stackNames()).filter((name) => name !== shortName(except));
  const siblings = await readSiblings(project, names, { whole: undefined, terminal });
  const states = [...siblings, ...(await readForeignStacks(project, terminal))];
  return new Map(
    states.flatMap(({ stack, managed }) => managed.map(({ id }) => [customerSubscriptionKey(id), stack] as const)),
  );
}

async function readForeign(
  project: Project,
  { terminal, ...request }: HeldRequest & Pick<ElsewhereRequest, "terminal">,
): Promise<readonly StackState[]> {
  return unmanagedIds(request).size > 0 ? await readForeignStacks(project, terminal) : [];
}

/**
 * Reads the states of some stacks of the project, a few at a time, and says which ones could not be read.
 *
 * @throws ProviderError where one cannot be read that may be a part of `whole`: it must not count as holding nothing.
 */
export async function readSiblings(
  project: Project,
  names: readonly string[],
  { whole, terminal }: { readonly whole: string | undefined; readonly terminal: Pick<Terminal, "say"> },
): Promise<readonly StackState[]> {
  return await readStates(project, names, (name, error) => {
    if (whole !== undefined && (name === shortName(whole) || mayBePart(whole, name))) throw error;
    sayUnread(terminal, `stack ${name} (${messageOf(error)})`);
  });
}

async function readStates(
  project: Project,
  names: readonly string[],
  onError: (name: string, error: unknown) => void,
): Promise<readonly StackState[]> {
  const read = async (name: string) =>
    await openStack(project, name)
      .export()
      .catch((error: unknown) => onError(name, error));
  return (await pMap(names, read, { concurrency: CONCURRENCY })).filter((state) => state !== undefined);
}

function sayUnread(terminal: Pick<Terminal, "say">, what: string): void {
  terminal.say(`Whether ${what} holds a mapping of the list could not be looked up.`);
}

/** Reads what the backend's other projects hold, as far as it can be listed and read. */
export async function readForeignStacks(
  project: Project,
  terminal: Pick<Terminal, "say">,
): Promise<readonly StackState[]> {
  const listed = await listForeign(project).catch((error: unknown) => {
    sayUnread(terminal, `a stack of another project (${messageOf(error)})`);
    return [];
  });
  const names = listed.slice(0, FOREIGN_STACKS);
  if (names.length < listed.length)
    sayUnread(terminal, `one of ${listed.length - names.length} more stacks of other projects`);
  return await readStates(project, names, (name) => sayUnread(terminal, `stack ${name}`));
}

/** Pulumi lists stacks of other projects by their full names, and those of this one by their own. */
async function listForeign(project: Project): Promise<readonly string[]> {
  const args = ["stack", "ls", "--all", "--json"];
  const text = await project.pulumi({ action: "list the stacks of the backend", args });
  const stacks = JSON.parse(text) as readonly { readonly name: string; readonly resourceCount?: number }[];
  return stacks
    .filter(({ resourceCount }) => resourceCount !== 0)
    .map(({ name }) => name)
    .filter((name) => {
      const [, inProject, stack] = name.split("/");
      return stack !== undefined && inProject !== project.name;
    });
}

/** What another stack manages already of what the list declares. */
export interface Held {
  /** The stack that manages it. */
  readonly holder: string;
  readonly ids: readonly CustomerSubscriptionId[];
}

/** Finds what other stacks manage already, stack by stack. */
export function findHeld(request: HeldRequest, others: readonly StackState[]): readonly Held[] {
  const wanted = unmanagedIds(request);
  return others.flatMap(({ stack, managed }) => {
    const ids = managed.map(({ id }) => id).filter((id) => wanted.has(customerSubscriptionKey(id)));
    return ids.length > 0 ? [{ holder: stack, ids }] : [];
  });
}

/** The error `CSP_RECONCILE_HELD_ELSEWHERE`. */
export function heldError({ holder, ids }: Held): ProviderError {
  const mappings = aFew(ids.map(formatCustomerSubscriptionId));
  return new ProviderError(reconcileErrors.CSP_RECONCILE_HELD_ELSEWHERE, {
    count: String(ids.length),
    holder,
    mappings,
  });
}

/**
 * Refuses what another stack manages already.
 *
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE`
 */
export function refuseHeld(request: HeldRequest, others: readonly StackState[]): void {
  const [first] = findHeld(request, others);
  if (first) throw heldError(first);
}

/** ARM ids, in lower case, of the mappings that the list declares and no resource of ours in the stack manages. */
export function unmanagedIds({ list, managed }: HeldRequest): ReadonlySet<string> {
  const own = new Set(managed.filter(isOurs).map(({ id }) => customerSubscriptionKey(id)));
  const declared = toDeclarations(list).map(({ id }) => customerSubscriptionKey(id));
  return new Set(declared.filter((id) => !own.has(id)));
}

function isOurs({ provider }: ManagedMapping): boolean {
  return provider === "azurestack-csp";
}

import { customerSubscriptionKey, type TenantList } from "@azurestack-csp/provider";
import pMap from "p-map";
import { messageOf } from "../console/failures.ts";
import type { Terminal } from "../console/terminal.ts";
import { unmanagedIds } from "./heldMappings.ts";
import { isPartOf } from "./partMark.ts";
import { mayBePart, shortName } from "./partName.ts";
import type { Project } from "./project.ts";
import { openStack } from "./stack.ts";
import type { StackState } from "./state/stackState.ts";

/** How many stacks of other projects are looked into before a registration: each takes a command of its own. */
export const FOREIGN_STACKS = 50;

/** How many of them at one time. */
const CONCURRENCY = 4;

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
  const isHeld = unmanagedIds({ managed: united, list }).size === 0;
  const foreign = isHeld ? [] : (await readForeignStacks(project, { terminal, most: FOREIGN_STACKS })).states;
  return { parts, others: [...own.filter((other) => !parts.includes(other)), ...foreign] };
}

/** The other stacks of a backend, all of them, as far as they can be read. */
export interface OtherStacks {
  readonly states: readonly StackState[];
  /** What could not be read, such as `stack other`: what it manages is not known. */
  readonly unread: readonly string[];
}

/** Which stacks are read. */
export interface OtherStacksRequest {
  /** The names of the stacks that are worked on, which count as one. */
  readonly own: readonly string[];
  /** Other stacks that were read already. */
  readonly known?: readonly StackState[];
  readonly terminal: Pick<Terminal, "say">;
}

/** Reads all other stacks of the backend, those of other projects as well, and says which ones could not be read. */
export async function readOtherStacks(project: Project, request: OtherStacksRequest): Promise<OtherStacks> {
  const { own, known = [], terminal } = request;
  const passed = new Set([...own, ...known.map(({ stack }) => stack)].map(passedName));
  const unread = createUnread(terminal);
  const names = (await project.stackNames()).filter((name) => !passed.has(name));
  const siblings = await readStates(project, names, (name, error) => unread.add(`stack ${name}`, error));
  const foreign = await readForeignStacks(project, { terminal, passed });
  return { states: [...known, ...siblings, ...foreign.states], unread: [...unread.all, ...foreign.unread] };
}

/** A stack of another project has its full name, and may be called as one of this project is. */
function passedName(stack: string): string {
  return stack.split("/").length > 2 ? stack : shortName(stack);
}

/** Which stack of the backend manages a mapping, by `customerSubscriptionKey`, as far as they can be read. */
export async function findHolders(
  project: Project,
  { except, terminal }: { readonly except: string; readonly terminal: Pick<Terminal, "say"> },
): Promise<ReadonlyMap<string, string>> {
  const { states } = await readOtherStacks(project, { own: [except], terminal });
  return new Map(
    states.flatMap(({ stack, managed }) => managed.map(({ id }) => [customerSubscriptionKey(id), stack] as const)),
  );
}

/**
 * Reads the states of some stacks of the project, a few at a time, and says which ones could not be read.
 *
 * @throws ProviderError where one cannot be read that may be a part of `whole`: it must not count as holding nothing.
 */
export async function readSiblings(
  project: Project,
  names: readonly string[],
  { whole, terminal }: { readonly whole: string; readonly terminal: Pick<Terminal, "say"> },
): Promise<readonly StackState[]> {
  return await readStates(project, names, (name, error) => {
    if (name === shortName(whole) || mayBePart(whole, name)) throw error;
    createUnread(terminal).add(`stack ${name}`, error);
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

/** Says what could not be read, and keeps it in mind. */
function createUnread(terminal: Pick<Terminal, "say">) {
  const all: string[] = [];
  return {
    all,
    add(what: string, error?: unknown): void {
      all.push(what);
      const reason = error === undefined ? "" : ` (${messageOf(error)})`;
      terminal.say(`Whether ${what}${reason} holds a mapping of the list or of the stack could not be looked up.`);
    },
  };
}

/** Which stacks of other projects are read. */
interface ForeignRequest {
  readonly terminal: Pick<Terminal, "say">;
  /** The full names of those that are passed over. */
  readonly passed?: ReadonlySet<string>;
  /** How many are read. @default all of them */
  readonly most?: number;
}

/** Reads what the backend's other projects hold, as far as it can be listed and read. */
export async function readForeignStacks(
  project: Project,
  { terminal, passed = new Set(), most = Number.POSITIVE_INFINITY }: ForeignRequest,
): Promise<OtherStacks> {
  const unread = createUnread(terminal);
  const listed = await listForeign(project).catch((error: unknown) => {
    unread.add("a stack of another project", error);
    return [];
  });
  const wanted = listed.filter((name) => !passed.has(name));
  const names = wanted.slice(0, most);
  if (names.length < wanted.length) unread.add(`one of ${wanted.length - names.length} more stacks of other projects`);
  const states = await readStates(project, names, (name, error) => unread.add(`stack ${name}`, error));
  return { states, unread: unread.all };
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

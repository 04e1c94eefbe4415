import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type RegistrationPlace,
  type World,
} from "@azurestack-csp/emulator";
import type { CommandResult, Stack, StackResource } from "../../../support/pulumiCommand.ts";
import { createStack } from "../../../support/pulumiCommand.ts";
import type { StackFiles } from "../../../support/stackFiles.ts";
import { hub, type Pair, smallWorld } from "./smallWorld.ts";

/** One resource of the program; what is not a row's own becomes an input of the customer subscription. */
export interface Row {
  readonly name: string;
  readonly component?: string;
  readonly formerlyAtTop?: boolean;
  readonly dependsOn?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly customerSubscriptionId: string;
  readonly tenantId?: string;
  readonly overwrite?: readonly string[];
  readonly retainUntil?: string;
  readonly registrationName?: string;
}

/** An emulated Azure with one Hub, and a stack whose program declares rows. */
export interface Scene {
  readonly azure: Emulator;
  readonly stack: Stack;
  /** The registration that every row is on unless it names another. */
  readonly hub: RegistrationPlace;
  /** Writes the rows that the next command's program declares. */
  declare(...rows: readonly Row[]): Promise<void>;
  /** Declares the rows and runs `pulumi up`, which has to succeed. */
  upWith(...rows: readonly Row[]): Promise<CommandResult>;
  /** The live mappings as `customer subscription → tenant`, whatever lists show. */
  live(registrationName?: string): Readonly<Record<string, string>>;
  /** The customer subscriptions that the stack's state holds, by the last part of their ARM ids, sorted. */
  held(): Promise<readonly string[]>;
  /** The URNs of the customer subscriptions in the stack's state. */
  urns(): Promise<readonly string[]>;
  /** Changes a mapping behind the program's back. */
  pointTo(mapping: Pair): void;
  /** How many requests of a method went to customer subscriptions since the journal was last reset. */
  sent(method: "PUT" | "DELETE"): number;
  /** A further stack on the same Azure, with the same program. */
  anotherStack(azure?: Emulator): Promise<Stack>;
  close(): Promise<void>;
}

/** How a scene begins. */
export interface SceneOptions extends EmulatorOptions {
  /** @default the small world */
  readonly world?: World;
  /** Rows that an earlier `pulumi up` has registered; it is run once for all scenes that begin alike. @default none */
  readonly registered?: readonly Row[];
}

/** Starts a scene on a port of its own and in a folder of its own. */
export async function createScene({ registered = [], ...options }: SceneOptions = {}): Promise<Scene> {
  const start = registered.length > 0 ? await startWith(registered, options) : undefined;
  const azure = await createEmulator({ world: smallWorld(), ...options, ...(start && { world: start.world }) });
  const stacks: Stack[] = [];
  const program = join(import.meta.dirname, "program");
  const makeStack = async (from: StackFiles | undefined, other = azure) => {
    const stack = await createStack({ program, azure: other, ...(from && { from }) });
    stacks.push(stack);
    return stack;
  };
  const anotherStack: Scene["anotherStack"] = (other) => makeStack(undefined, other);
  const stack = await makeStack(start?.files);
  const declare: Scene["declare"] = (...rows) => writeRows(stack, rows);
  if (start) await declare(...registered);
  return {
    azure,
    stack,
    hub,
    declare,
    async upWith(...rows) {
      await declare(...rows);
      return succeeded(await stack.up());
    },
    live: (name = hub.name) => liveMappings(azure, name),
    held: () => heldBy(stack),
    urns: async () => (await resourcesOf(stack)).map(({ urn }) => urn),
    pointTo: ({ customerSubscriptionId, tenantId }) =>
      assert.ok(azure.facts.putCustomerSubscription({ ...hub, customerSubscriptionId, tenantId })),
    sent: (method) =>
      azure.journal().filter((entry) => entry.method === method && /\/customerSubscriptions\//i.test(entry.path))
        .length,
    anotherStack,
    async close() {
      await azure.close();
      await Promise.all(stacks.map((each) => each.remove()));
    },
  };
}

/** What an `up` left that scenes begin with: Azure, with its mappings, and the stack. */
interface Start {
  readonly world: World;
  readonly files: StackFiles;
}

const starts = new Map<string, Promise<Start>>();

async function startWith(rows: readonly Row[], options: EmulatorOptions & { readonly world?: World }): Promise<Start> {
  const key = JSON.stringify([rows, options]);
  const start = starts.get(key) ?? runStart(rows, options);
  starts.set(key, start);
  return await start;
}

async function runStart(rows: readonly Row[], options: EmulatorOptions & { readonly world?: World }): Promise<Start> {
  const { world = smallWorld() } = options;
  const { azure, stack, upWith, close } = await createScene(options);
  try {
    await upWith(...rows);
    const registrations = world.registrations?.map((place) => ({
      ...place,
      customerSubscriptions: azure.facts.customerSubscriptions(place),
    }));
    return { world: { ...world, ...(registrations && { registrations }) }, files: await stack.files() };
  } finally {
    await close();
  }
}

/** Writes the rows that a stack's program declares. */
export async function writeRows(stack: Stack, rows: readonly Row[]): Promise<void> {
  const { subscriptionId, resourceGroup, name } = hub;
  const place = { registrationSubscriptionId: subscriptionId, resourceGroup, registrationName: name };
  await writeFile(join(stack.program, "rows.json"), JSON.stringify(rows.map((row) => ({ ...place, ...row }))));
}

/** The customer subscriptions that a stack's state holds, by the last part of their ARM ids, sorted. */
export async function heldBy(stack: Stack): Promise<readonly string[]> {
  const resources = await resourcesOf(stack);
  return resources.map(({ id = "" }) => id.slice(id.lastIndexOf("/") + 1)).sort();
}

async function resourcesOf(stack: Stack): Promise<readonly StackResource[]> {
  const { deployment } = await stack.exportState();
  return (deployment.resources ?? []).filter(({ type }) => type.endsWith("azurestack:CustomerSubscription"));
}

/** The command's result, once its exit code was 0. */
export function succeeded(result: CommandResult): CommandResult {
  assert.equal(result.code, 0, `${result.stdout}${result.stderr}`);
  return result;
}

/** Asserts that the command failed, with the error's code and every further text in what it printed. */
export function failed(result: CommandResult, code: string, ...texts: readonly string[]): void {
  const output = `${result.stdout}${result.stderr}`;
  assert.notEqual(result.code, 0, output);
  for (const text of [`[${code}]`, ...texts]) assert.ok(output.includes(text), `${text} is not in\n${output}`);
}

function liveMappings(azure: Emulator, name: string): Readonly<Record<string, string>> {
  const mappings = azure.facts.customerSubscriptions({ ...hub, name });
  return Object.fromEntries(mappings.map(({ customerSubscriptionId, tenantId }) => [customerSubscriptionId, tenantId]));
}

import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator, type World } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import { type Customer, lyon, paris, registrationIdOf } from "./customers.ts";
import { type CommandResult, createStack, type Stack, type StackResource } from "./pulumiCommand.ts";
import type { StackFiles } from "./stackFiles.ts";

/** A row of a tenant list; registered on Paris where nothing else is said. */
export interface Row extends Customer {
  /** Keys of the registrations. @default ["paris"] */
  readonly registrations?: readonly ("paris" | "lyon")[];
  /** The day until whose end the mapping is not removed, for a tenant that is suspended. */
  readonly retainUntil?: string;
}

/** A stack of the root program, whose tenant list a test writes. */
export interface TenantStack extends Stack {
  /** The emulator that it runs against. */
  readonly azure: Emulator;
  /** Writes the tenant list. */
  declare(rows: readonly Row[]): Promise<void>;
  /** The customer subscriptions in the state. */
  customerSubscriptions(): Promise<readonly StackResource[]>;
}

/** Settings of the root program, as `pulumi config set` writes them. */
const NO_LIMITS = "config:\n  azurestack-csp:maxRemovals: 100%\n  azurestack-csp:maxMoves: 100%\n";

/**
 * Creates a stack of the root program with a tenant list of these rows.
 *
 * Without `azure` it has an emulator of its own, which begins with `world` and ends with `remove`. Small lists soon
 * lose a quarter of their rows, so the guard on them allows everything unless a test asks for it.
 */
export async function createTenantStack(options: {
  readonly azure?: Emulator;
  readonly world?: World;
  readonly rows: readonly Row[];
  /** Whether the guard keeps its own limits. @default false */
  readonly guarded?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What another such stack left, to go on from. */
  readonly from?: StackFiles;
}): Promise<TenantStack> {
  const { rows, world, guarded = false, env = {}, from } = options;
  const azure = options.azure ?? (await createEmulator(world && { world }));
  const stack = await createStack({ program: workspaceRoot, azure, env, ...(from && { from }) });
  const declare: TenantStack["declare"] = (list) => writeFile(join(stack.program, "tenants.yaml"), tenantList(list));
  await declare(rows);
  if (!guarded && !from) await appendFile(join(stack.program, "Pulumi.test.yaml"), NO_LIMITS);
  return {
    ...stack,
    azure,
    declare,
    async customerSubscriptions() {
      const { resources = [] } = (await stack.exportState()).deployment;
      return resources.filter(({ type }) => type.endsWith(":CustomerSubscription"));
    },
    async remove() {
      await stack.remove();
      if (!options.azure) await azure.close();
    },
  };
}

/** Asserts that a command succeeded, and shows what it printed where it did not. */
export function assertSucceeded({ code, stdout, stderr }: CommandResult): void {
  assert.equal(code, 0, `${stdout}${stderr}`);
}

/** Asserts that a command failed, and gives back everything it printed. */
export function assertFailed({ code, stdout, stderr }: CommandResult): string {
  assert.notEqual(code, 0, `${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

/** Asserts which customers are live on Paris, beside those that the sample world maps from the start. */
export function assertLive(azure: Emulator, customers: readonly Customer[]): void {
  const initial = new Set(["3e400ba3-3da6-49b6-a3c3-882212867e40", "098f60b4-a5b1-45b1-942a-a0cf053e2051"]);
  const live = azure.facts
    .customerSubscriptions(paris)
    .filter(({ customerSubscriptionId }) => !initial.has(customerSubscriptionId))
    .map(({ customerSubscriptionId, tenantId }) => `${tenantId} → ${customerSubscriptionId}`);
  const wanted = customers.map(({ customerSubscriptionId, tenantId }) => `${tenantId} → ${customerSubscriptionId}`);
  assert.deepEqual(live.sort(), wanted.sort());
}

/** The writes that the emulator answered since its journal was reset. */
export function writesOf(azure: Emulator): readonly string[] {
  return azure
    .journal()
    .filter(({ method }) => method === "PUT" || method === "DELETE")
    .map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
}

/** The text of a list; JSON is YAML, so that no test needs to write YAML by hand. */
export function tenantList(rows: readonly Row[]): string {
  const keysOf = ({ registrations = ["paris"] }: Row) => registrations;
  const used = new Set(["paris", ...rows.flatMap(keysOf)]);
  const registrations = Object.entries({ paris, lyon })
    .filter(([key]) => used.has(key))
    .map(([key, place]) => [key, { registrationId: registrationIdOf(place) }]);
  const tenants = rows.map(({ retainUntil, ...row }) => ({
    ...row,
    registrations: keysOf(row),
    ...(retainUntil === undefined ? {} : { state: "suspended", retainUntil }),
  }));
  return `${JSON.stringify({ registrations: Object.fromEntries(registrations), tenants }, undefined, 2)}\n`;
}

import {
  type ClientSource,
  type CustomerSubscription,
  hasCode,
  parseCustomerSubscriptionId,
  type TenantList,
} from "@azurestack-csp/provider";
import type { StackState } from "../commands/shared/stack.ts";
import type { IntendedWrite } from "./journal.ts";
import { tableOfList } from "./mappingTables.ts";
import type { ImportedResource, StackRun } from "./stackRun.ts";

/** What an interrupted run left, and what is known since. */
export interface SettleRequest {
  readonly writes: readonly IntendedWrite[];
  readonly state: StackState;
  readonly list: TenantList;
  readonly clientOf: ClientSource;
  readonly run: Pick<StackRun, "import">;
}

/**
 * Takes into the state what an interrupted run wrote last and the list no longer declares, so that the run that follows
 * removes it as it removes any other row, with guard, locks and `retainUntil` looked at.
 *
 * What is still declared needs nothing: it is adopted where it is live and written where it is not.
 *
 * @returns how many were taken in.
 */
export async function settle({ writes, state, list, clientOf, run }: SettleRequest): Promise<number> {
  const held = new Set(state.managed.map(({ urn }) => urn));
  const left = writes.filter((write) => !held.has(write.urn) && !isDeclared(write, list));
  const live: IntendedWrite[] = [];
  for (const write of left) if (await isLive(write, clientOf)) live.push(write);
  if (live.length === 0) return 0;
  const { resources, nameTable } = toImport(live, urnsIn(state.deployment));
  await run.import(resources, nameTable);
  return live.length;
}

function isDeclared({ id, inputs }: IntendedWrite, list: TenantList): boolean {
  const [registration = "", customerSubscriptionId] = id.toLowerCase().split("/customersubscriptions/");
  return tableOfList(list)[registration]?.[String(inputs.tenantId).toLowerCase()] === customerSubscriptionId;
}

async function isLive({ id: armId, inputs }: IntendedWrite, clientOf: ClientSource): Promise<boolean> {
  const id = parseCustomerSubscriptionId(armId);
  if (!id) return false;
  const found = await ask(async () => await clientOf({}).getCustomerSubscription(id));
  return found !== undefined && found.tenantId?.toLowerCase() === String(inputs.tenantId).toLowerCase();
}

async function ask(get: () => Promise<CustomerSubscription>): Promise<CustomerSubscription | undefined> {
  try {
    return await get();
  } catch (error) {
    if (hasCode(error, "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", "CSP_RESOURCE_NOT_FOUND")) return undefined;
    throw error;
  }
}

/** Parents that the state does not hold yet come first. */
function toImport(writes: readonly IntendedWrite[], inState: ReadonlySet<string>) {
  const parents = [...new Set(writes.map(({ parent }) => parent))].filter(isComponent);
  const nameTable = Object.fromEntries(parents.filter((urn) => inState.has(urn)).map((urn) => [nameOf(urn), urn]));
  const components = parents
    .filter((urn) => !inState.has(urn))
    .map((urn): ImportedResource => ({ type: typeOf(urn), name: nameOf(urn), component: true }));
  const children = writes.map(({ id, urn, parent, inputs }): ImportedResource => {
    const under = isComponent(parent) ? { parent: nameOf(parent) } : {};
    return { type: typeOf(urn), name: nameOf(urn), ...under, id, inputs, outputs: inputs };
  });
  return { resources: [...components, ...children], nameTable };
}

function isComponent(urn: string): boolean {
  return urn !== "" && typeOf(urn) !== "pulumi:pulumi:Stack";
}

/** The type of a URN, without those of its parents. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function urnsIn(deployment: unknown): ReadonlySet<string> {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly { readonly urn?: unknown }[] };
  return new Set(resources.map(({ urn }) => String(urn)));
}

import { type CustomerSubscriptionId, parseCustomerSubscriptionId } from "@azurestack-csp/provider";
import type { StackState } from "../../stacks/stack.ts";
import { toImport } from "../journal/settledState.ts";
import { CUSTOMER_SUBSCRIPTION, GUARD } from "../mappingTables.ts";
import type { StackRun } from "../run/stackRun.ts";

/** A stack, and what is done with it. */
interface TransferEnd {
  readonly state: StackState;
  readonly run: Pick<StackRun, "import" | "replaceState">;
}

/** What is handed over from one stack to another. */
export interface TransferRequest {
  readonly from: TransferEnd;
  readonly to: TransferEnd;
  /** Whether a mapping belongs to the receiving stack. */
  readonly takes: (id: CustomerSubscriptionId) => boolean;
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly delete?: boolean;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Deployment {
  readonly resources?: readonly StateResource[];
}

/**
 * Hands mappings over from one stack to another: an import into the one, then a removal from the state of the other;
 * nothing is written to Azure.
 *
 * In between both hold them, and never neither, so that an interrupted change is finished by the next run. A mapping
 * whose name the receiving stack has given to another one stays where it is.
 *
 * @returns how many were handed over.
 */
export async function transfer({ from, to, takes }: TransferRequest): Promise<number> {
  const { stack } = to.state;
  const received = idsByUrn(to.state);
  const { resources = [] } = from.state.deployment as Deployment;
  const moved = resources.filter((resource) => {
    const id = parseCustomerSubscriptionId(resource.id ?? "");
    if (resource.type !== CUSTOMER_SUBSCRIPTION || resource.delete || !id || !takes(id)) return false;
    const there = received.get(renamed(resource.urn, stack));
    return there === undefined || there.toLowerCase() === resource.id?.toLowerCase();
  });
  if (moved.length === 0) return 0;
  const writes = moved
    .map(({ id = "", urn, parent = "", inputs = {} }) => ({
      id,
      inputs,
      urn: renamed(urn, stack),
      parent: renamed(parent, stack),
    }))
    .filter(({ urn }) => !received.has(urn));
  if (writes.length > 0) await to.run.import(toImport(writes, new Set(received.keys())));
  const gone = new Set(moved.map(({ urn }) => urn));
  // The guard remembers what was declared; without what has gone elsewhere it begins anew.
  const kept = resources.filter(({ urn, type, delete: isOld }) => isOld || !(gone.has(urn) || type === GUARD));
  await from.run.replaceState({ ...(from.state.deployment as Deployment), resources: kept });
  return moved.length;
}

function idsByUrn({ deployment }: StackState): ReadonlyMap<string, string> {
  const { resources = [] } = (deployment ?? {}) as Deployment;
  return new Map(resources.filter(({ delete: isOld }) => !isOld).map(({ urn, id = "" }) => [urn, id]));
}

function renamed(urn: string, stack: string): string {
  return urn.replace(/^urn:pulumi:[^:]+/, `urn:pulumi:${stack}`);
}

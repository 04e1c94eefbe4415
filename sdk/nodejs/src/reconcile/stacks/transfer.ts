import type { TenantList } from "@azurestack-csp/provider";
import { toDeclarations } from "@azurestack-csp/provider";
import type { StackState } from "../../commands/shared/stack.ts";
import { nameOf, toImport, urnsIn } from "../journal/settledState.ts";
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
  /** What the receiving stack declares. */
  readonly list: TenantList;
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
 * In between both hold them, and never neither, so that an interrupted change is finished by the next run.
 *
 * @returns how many were handed over.
 */
export async function transfer({ from, to, list }: TransferRequest): Promise<number> {
  const names = new Set(toDeclarations(list).map(({ name }) => name));
  const { resources = [] } = from.state.deployment as Deployment;
  const moved = resources.filter(({ type, urn, delete: isOld }) => {
    return type === CUSTOMER_SUBSCRIPTION && !isOld && names.has(nameOf(urn));
  });
  if (moved.length === 0) return 0;
  const { stack } = to.state;
  const known = urnsIn(to.state.deployment);
  const writes = moved
    .map(({ id = "", urn, parent = "", inputs = {} }) => ({
      id,
      inputs,
      urn: renamed(urn, stack),
      parent: renamed(parent, stack),
    }))
    .filter(({ urn }) => !known.has(urn));
  if (writes.length > 0) await to.run.import(toImport(writes, known));
  const gone = new Set(moved.map(({ urn }) => urn));
  // The guard remembers what was declared; without what has gone elsewhere it begins anew.
  const kept = resources.filter(({ urn, type }) => !gone.has(urn) && type !== GUARD);
  await from.run.replaceState({ ...(from.state.deployment as Deployment), resources: kept });
  return moved.length;
}

function renamed(urn: string, stack: string): string {
  return urn.replace(/^urn:pulumi:[^:]+/, `urn:pulumi:${stack}`);
}

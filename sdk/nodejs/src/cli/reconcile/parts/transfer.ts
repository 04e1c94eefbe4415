import { isDeepStrictEqual } from "node:util";
import { type CustomerSubscriptionId, parseCustomerSubscriptionId } from "@azurestack-csp/provider";
import { KINDS } from "../../../resources/kinds.ts";
import type { Stack } from "../../stacks/stack.ts";
import { type Deployment, ROOT, resourcesByUrn, type StateResource } from "../../stacks/state/deployment.ts";
import { type PutRequest, putResources } from "../../stacks/state/putResources.ts";
import type { StackState } from "../../stacks/state/stackState.ts";

/** What is handed over from one stack to another. */
export interface TransferRequest {
  readonly from: Stack;
  readonly to: Stack;
  /** Whether a mapping belongs to the receiving stack. */
  readonly takes: (id: CustomerSubscriptionId) => boolean;
}

/**
 * Hands mappings over from one stack to another, as the state has them, with `protect` and what a refresh has found;
 * nothing is written to Azure.
 *
 * In between both hold them, and never neither, so that an interrupted change is finished by the next run. A mapping
 * whose name the receiving stack has given to another one stays where it is, and so does one that somebody else changed
 * in the meantime.
 *
 * @returns how many were handed over.
 */
export async function transfer({ from, to, takes }: TransferRequest): Promise<number> {
  const giver = await from.export();
  let moved: readonly StateResource[] = [];
  await to.edit((receiver) => {
    moved = findMovable(giver.deployment, { receiver, to: to.place, takes });
    return receive(receiver, { giver, moved, to: to.place });
  });
  if (moved.length === 0) return 0;
  let count = 0;
  await from.edit((now) => {
    const seen = new Map(moved.map((resource) => [resource.urn, resource]));
    const gone = new Set(now.resources.filter((resource) => isDeepStrictEqual(seen.get(resource.urn), resource)));
    count = gone.size;
    // The guard remembers what was declared; without what has gone elsewhere it begins anew.
    const kept = now.resources.filter(
      (each) => !gone.has(each) && (each.delete || each.type !== KINDS.TenantListGuard),
    );
    return count === 0 ? now : { ...now, resources: kept };
  });
  return count;
}

/** What can go from a state into another one. */
export function findMovable(
  giver: Deployment,
  {
    receiver,
    to,
    takes,
  }: Pick<TransferRequest, "takes"> & Pick<ReceiveRequest, "to"> & { readonly receiver: Deployment },
): readonly StateResource[] {
  const received = resourcesByUrn(receiver);
  return giver.resources.filter((resource) => {
    const id = parseCustomerSubscriptionId(resource.id ?? "");
    if (resource.type !== KINDS.CustomerSubscription || resource.delete || !id || !takes(id)) return false;
    const there = received.get(renamed(resource.urn, to));
    return there === undefined || there.id?.toLowerCase() === resource.id?.toLowerCase();
  });
}

/** What is put into a receiving state. */
interface ReceiveRequest {
  readonly giver: Pick<StackState, "deployment">;
  readonly moved: readonly StateResource[];
  /** The receiving stack. */
  readonly to: PutRequest;
}

/** The receiving state with what was moved; where it has that already, what the giving state says holds. */
export function receive(receiver: Deployment, { giver, moved, to }: ReceiveRequest): Deployment {
  const given = resourcesByUrn(giver.deployment);
  const received = resourcesByUrn(receiver);
  const move = (resource: StateResource) => adapt(resource, { to, rootOf: given });
  const changed = moved.map(move).filter((resource) => !isDeepStrictEqual(resource, received.get(resource.urn)));
  const components = moved
    .flatMap((resource) => ancestorsOf(resource, given))
    .map(move)
    .filter(({ urn }) => !received.has(urn));
  const added = new Map([...components, ...changed].map((resource) => [resource.urn, resource]));
  return putResources(receiver, [...added.values()], to);
}

/** The components above a resource, the highest first. */
function ancestorsOf(
  { parent = "" }: StateResource,
  given: ReadonlyMap<string, StateResource>,
): readonly StateResource[] {
  const above = given.get(parent);
  return !above || above.type === ROOT ? [] : [...ancestorsOf(above, given), above];
}

/** A resource as it stands in another stack, which does not hold what it depends on. */
function adapt(
  resource: StateResource,
  { to, rootOf }: { readonly to: PutRequest; readonly rootOf: ReadonlyMap<string, StateResource> },
): StateResource {
  const {
    dependencies: _dependencies,
    propertyDependencies: _propertyDependencies,
    deletedWith: _deletedWith,
    replaceWith: _replaceWith,
    parent = "",
    ...kept
  } = resource;
  const isTop = parent === "" || rootOf.get(parent)?.type === ROOT;
  return { ...kept, urn: renamed(resource.urn, to), ...(isTop ? {} : { parent: renamed(parent, to) }) };
}

function renamed(urn: string, { stack }: PutRequest): string {
  return urn.replace(/^urn:pulumi:[^:]+/, `urn:pulumi:${stack}`);
}

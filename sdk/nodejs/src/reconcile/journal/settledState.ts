import { readAccess } from "@azurestack-csp/provider";
import type { IntendedWrite } from "../../stacks/run/journal.ts";
import { nameOf, typeOf } from "../../stacks/urn.ts";
import type { ImportedResource, ImportFile } from "../run/stackRun.ts";

/** A resource in an exported state, as far as it is looked at. */
interface StateResource {
  readonly urn: string;
  readonly id?: string;
  readonly delete?: boolean;
}

interface Deployment {
  readonly resources?: readonly StateResource[];
}

/** The import file for writes whose resources the state does not hold; parents that it does not hold come first. */
export function toImport(writes: readonly IntendedWrite[], inState: ReadonlySet<string>): ImportFile {
  const parents = [...new Set(writes.map(({ parent }) => parent))].filter(isComponent);
  const nameTable = Object.fromEntries(parents.filter((urn) => inState.has(urn)).map((urn) => [nameOf(urn), urn]));
  const components = parents
    .filter((urn) => !inState.has(urn))
    .map((urn): ImportedResource => ({ type: typeOf(urn), name: nameOf(urn), component: true }));
  const children = writes.map(({ id, urn, parent, inputs }): ImportedResource => {
    const under = isComponent(parent) ? { parent: nameOf(parent) } : {};
    return { type: typeOf(urn), name: nameOf(urn), ...under, id, inputs, outputs: outputsOf(inputs) };
  });
  return { resources: [...components, ...children], nameTable };
}

/**
 * The state as it would be had the writes been recorded: a changed tenant in its place, a moved one as a new resource
 * beside the old one, which the next run removes.
 */
export function rewriteState(deployment: unknown, writes: readonly IntendedWrite[]): unknown {
  const { resources = [], ...rest } = deployment as Deployment;
  const byUrn = new Map(writes.map((write) => [write.urn, write]));
  const rewritten = resources.flatMap((resource) => {
    const write = resource.delete ? undefined : byUrn.get(resource.urn);
    if (!write) return [resource];
    const { id, inputs } = write;
    const settled = { ...resource, id, inputs, outputs: outputsOf(inputs) };
    const isSame = resource.id?.toLowerCase() === id.toLowerCase();
    return isSame ? [{ ...settled, id: resource.id }] : [settled, { ...resource, delete: true }];
  });
  return { ...rest, resources: rewritten };
}

/** The URNs that a state holds. */
export function urnsIn(deployment: unknown): ReadonlySet<string> {
  const { resources = [] } = (deployment ?? {}) as Deployment;
  return new Set(resources.filter((resource) => !resource.delete).map(({ urn }) => urn));
}

/** What the run would have left, had it come to its end. */
function outputsOf(inputs: IntendedWrite["inputs"]) {
  const { __provider, tenantId, retainUntil } = inputs;
  return { __provider, tenantId, ...(retainUntil === undefined ? {} : { retainUntil }), ...readAccess(inputs) };
}

function isComponent(urn: string): boolean {
  return urn !== "" && typeOf(urn) !== "pulumi:pulumi:Stack";
}

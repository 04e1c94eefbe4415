import {
  customerSubscriptionKey,
  type ManagedMapping,
  ProviderError,
  readManagedMappings,
} from "@azurestack-csp/provider";
import { commandErrors } from "../errors/commandErrors.ts";
import {
  type Deployment,
  DYNAMIC_PROVIDER,
  ROOT,
  resourcesByUrn,
  type StateResource,
} from "../stacks/state/deployment.ts";
import { type PutRequest, putResources } from "../stacks/state/putResources.ts";
import type { ImportedResource, ImportFile } from "./importFile.ts";

/** What is put into a state. */
export interface TakeOverRequest extends PutRequest {
  readonly file: ImportFile;
  /** Whether ours take the places of resources of `@pulumi/azure-native` that hold the same mappings. */
  readonly fromState: boolean;
  /** When it is done, RFC 3339, as an engine notes it of what it makes. */
  readonly created: string;
}

/**
 * The state with our resources in it, and where it is asked for without those of `@pulumi/azure-native` that hold the same
 * mappings.
 *
 * It is what an import and the deletion of the old resources from the state would leave, in one step that nothing can
 * interrupt and that loads no plugin. What referred to an old resource refers to ours.
 *
 * @throws ProviderError `CSP_ADOPT_UNFINISHED` where the state has pending operations, which an edited one would lose.
 */
export function takeOver(deployment: Deployment, { file, fromState, created, ...place }: TakeOverRequest): Deployment {
  const { stack, project } = place;
  const { pending_operations: { length: open } = [] } = deployment;
  if (open > 0) throw new ProviderError(commandErrors.CSP_ADOPT_UNFINISHED, { stack, count: String(open) });
  const urn = (type: string, name: string) => `urn:pulumi:${stack}::${project}::${type}::${name}`;
  const components = file.resources.filter(({ component }) => component === true);
  const known = new Map([
    ...Object.entries(file.nameTable),
    ...components.map(({ type, name }) => [name, urn(type, name)] as const),
  ]);
  const given = file.resources.map((resource): StateResource => {
    const { type, name, parent } = resource;
    if (resource.component) return { urn: urn(type, name), custom: false, type };
    return { ...toResource(resource, known.get(parent ?? "") ?? ""), created };
  });
  const there = resourcesByUrn(deployment);
  const added = given.filter((resource) => !there.has(resource.urn));
  const taken = putResources(deployment, added, place);
  return fromState ? withoutReplaced(taken, new Set(added.map((resource) => resource.urn))) : taken;
}

/** What others stand on comes first: ours take the places of resources that may stand anywhere. */
function withoutReplaced(deployment: Deployment, added: ReadonlySet<string>): Deployment {
  const { resources } = deployment;
  const ours = resources.filter(({ urn }) => added.has(urn));
  const above = new Set(ours.map(({ parent }) => parent));
  const base = resources.filter(({ type, urn }) => type === ROOT || type === DYNAMIC_PROVIDER || above.has(urn));
  // No resource twice; a URN occurs twice where a deletion is still due.
  const ordered = [...new Set([...base, ...ours, ...resources])];
  return { ...deployment, resources: replaceAll(ordered, findReplaced(readManagedMappings({ resources: ordered }))) };
}

/**
 * The resources of `@pulumi/azure-native` whose mapping a resource of ours manages too.
 *
 * @returns the URN of ours, by theirs
 */
export function findReplaced(managed: readonly ManagedMapping[]): ReadonlyMap<string, string> {
  const keyed = managed.map(({ provider, urn, id }) => ({ provider, urn, key: customerSubscriptionKey(id) }));
  const ours = new Map(keyed.flatMap(({ provider, urn, key }) => (provider === "azurestack-csp" ? [[key, urn]] : [])));
  return new Map(
    keyed.flatMap(({ provider, urn, key }) => {
      const replacement = provider === "azure-native" ? ours.get(key) : undefined;
      return replacement === undefined ? [] : [[urn, replacement] as const];
    }),
  );
}

/** A child's URN holds its parent's types. */
function toResource(
  { type, name, id = "", inputs = {}, outputs = {} }: ImportedResource,
  parent: string,
): StateResource {
  const [stack = "", project = "", types = ""] = parent.split("::");
  const urn = `${stack}::${project}::${types}$${type}::${name}`;
  return { urn, custom: true, id, type, inputs, outputs, parent };
}

function replaceAll(
  resources: readonly StateResource[],
  replacements: ReadonlyMap<string, string>,
): readonly StateResource[] {
  return resources
    .filter(({ urn }) => !replacements.has(urn))
    .map((resource) => {
      const references = REFERENCES.filter((key) => resource[key] !== undefined);
      return {
        ...resource,
        ...Object.fromEntries(references.map((key) => [key, replaceIn(resource[key], replacements)])),
      };
    });
}

/** Where a resource of a state names others by their URNs. */
const REFERENCES = ["parent", "dependencies", "propertyDependencies", "deletedWith", "replaceWith"] as const;

function replaceIn(value: unknown, replacements: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return replacements.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, replacements));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIn(item, replacements)]));
}

import { customerSubscriptionKey, type ManagedMapping, readManagedMappings } from "@azurestack-csp/provider";
import type { ExportedState } from "../../stacks/stack.ts";
import type { ImportedResource, ImportFile } from "./importFile.ts";

type Resource = Readonly<Record<string, unknown>>;

/** What is put into a state. */
export interface TakeOverRequest {
  readonly stack: string;
  readonly project: string;
  readonly file: ImportFile;
  /** Makes the id of a provider resource, a GUID. */
  readonly newId: () => string;
}

const ROOT = "pulumi:pulumi:Stack";
const DYNAMIC = "pulumi:providers:pulumi-nodejs";

/**
 * The state with our resources in it, and without those of `@pulumi/azure-native` that hold the same mappings.
 *
 * It is what an import and the deletion of the old resources from the state would leave, in one step that nothing can
 * interrupt and that loads no plugin. What referred to an old resource refers to ours.
 */
export function takeOver(state: ExportedState, request: TakeOverRequest): ExportedState {
  const before = state.deployment.resources ?? [];
  const ofType = (type: unknown) => before.find((resource) => resource.type === type);
  const roots = before.filter(({ type }) => type === ROOT);
  const parent = roots[0]?.urn;
  const urn = (type: string, name: string) =>
    `urn:pulumi:${lastOf(request.stack)}::${request.project}::${type}::${name}`;

  const provider = ofType(DYNAMIC) ?? {
    urn: urn(DYNAMIC, "default"),
    custom: true,
    id: request.newId(),
    type: DYNAMIC,
  };
  const given = request.file.resources;
  const components = given
    .filter(({ component }) => component === true)
    .map(({ type, name }): Resource => ({ urn: urn(type, name), custom: false, type, ...(parent ? { parent } : {}) }));
  const known = new Map<string, unknown>([
    ...Object.entries(request.file.nameTable),
    ...given.filter(({ component }) => component).map(({ type, name }) => [name, urn(type, name)] as const),
  ]);
  const holders = before.filter((resource) => [...known.values()].includes(resource.urn));
  const children = given
    .filter(({ component }) => component !== true)
    .map((resource) => toResource(resource, { provider, parent: String(known.get(resource.parent ?? "")) }));

  const there = new Set(before.filter((resource) => resource.delete !== true).map((resource) => resource.urn));
  const added = [...components, ...children].filter((resource) => !there.has(resource.urn));
  // What others stand on comes first, and no resource twice; a URN occurs twice where a deletion is still due.
  const resources = [...new Set([...roots, provider, ...holders, ...added, ...before])];
  const replacements = findReplaced(readManagedMappings({ resources }));
  return { ...state, deployment: { ...state.deployment, resources: replaceAll(resources, replacements) } };
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
  { type, name, id, inputs, outputs }: ImportedResource,
  { provider, parent }: { readonly provider: Resource; readonly parent: string },
): Resource {
  const [stack = "", project = "", types = ""] = parent.split("::");
  const urn = `${stack}::${project}::${types}$${type}::${name}`;
  return { urn, custom: true, id, type, inputs, outputs, parent, provider: `${provider.urn}::${provider.id}` };
}

function replaceAll(resources: readonly Resource[], replacements: ReadonlyMap<string, string>): readonly Resource[] {
  return resources
    .filter(({ urn }) => !replacements.has(String(urn)))
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

/** The URN's stack is the name alone, without organization and project. */
function lastOf(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

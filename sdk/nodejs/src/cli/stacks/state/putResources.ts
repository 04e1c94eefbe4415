import {
  type Deployment,
  DYNAMIC_PROVIDER,
  ROOT,
  resourcesByUrn,
  type StateResource,
  typeOfUrn,
} from "./deployment.ts";

/** The stack that resources are put into. */
export interface PutRequest {
  /** Its name, without organization and project. */
  readonly stack: string;
  readonly project: string;
  /** Makes the id of a provider resource, a GUID. */
  readonly newId: () => string;
}

/**
 * The state with these resources in it, and with what they stand on where it is missing: root, components, provider.
 *
 * A resource takes the place of one with its URN. Where that has another ARM id, it stays behind to be deleted by the next
 * run, as the engine leaves one that it has replaced. The URNs are those of the stack.
 */
export function putResources(
  deployment: Deployment,
  given: readonly StateResource[],
  { stack, project, newId }: PutRequest,
): Deployment {
  if (given.length === 0) return deployment;
  const { resources: before } = deployment;
  const known = resourcesByUrn(deployment);
  const rootUrn = `urn:pulumi:${stack}::${project}::${ROOT}::${project}-${stack}`;
  const root = before.find(({ type }) => type === ROOT);
  const above = root?.urn ?? rootUrn;
  const provider = before.find(({ type }) => type === DYNAMIC_PROVIDER);
  const used = provider ?? {
    urn: `urn:pulumi:${stack}::${project}::${DYNAMIC_PROVIDER}::default`,
    custom: true,
    id: newId(),
    type: DYNAMIC_PROVIDER,
  };

  const placed = given.map((resource): StateResource => ({ ...resource, parent: resource.parent || above }));
  const byUrn = new Map(placed.map((resource) => [resource.urn, resource]));
  const added = placed.filter(({ urn }) => !known.has(urn));
  const missing = new Set(
    placed.flatMap(({ parent = "" }) => (byUrn.has(parent) || known.has(parent) ? [] : [parent])),
  );
  missing.delete(above);
  const components = [...missing].map((urn): StateResource => {
    return { urn, custom: false, type: typeOfUrn(urn), parent: above };
  });
  const reference = `${used.urn}::${used.id}`;
  const resources = [
    ...(root ? [] : [{ urn: rootUrn, custom: false, type: ROOT }]),
    ...before.flatMap((resource) => replace(resource, resource.delete ? undefined : byUrn.get(resource.urn))),
    ...(provider || !added.some(isCustom) ? [] : [used]),
    ...components,
    ...added.map((resource) => (isCustom(resource) ? { ...resource, provider: reference } : resource)),
  ];
  return { ...deployment, resources };
}

function replace(old: StateResource, given: StateResource | undefined): readonly StateResource[] {
  if (!given) return [old];
  const { parent = "", provider, id } = old;
  const replaced = { ...old, ...given, ...(parent ? { parent } : {}), ...(provider ? { provider } : {}) };
  const isSame = id?.toLowerCase() === given.id?.toLowerCase();
  return isSame ? [{ ...replaced, ...(id ? { id } : {}) }] : [replaced, { ...old, delete: true }];
}

function isCustom({ custom }: StateResource): boolean {
  return custom === true;
}

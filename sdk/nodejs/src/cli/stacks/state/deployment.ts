import { ProviderError } from "@azurestack-csp/provider";

/** A resource in an exported state; fields that are not named here are kept as they are. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly parent?: string;
  /** `<URN>::<id>` of the provider resource. */
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Whether it is what is left of a replaced resource, and deleted by the next run. */
  readonly delete?: boolean;
  readonly [field: string]: unknown;
}

/** What a run had begun and not recorded the end of. */
interface PendingOperation {
  /** `creating`, `updating`, `deleting`, `reading` or `importing`. */
  readonly type: string;
  readonly resource: StateResource;
}

/** The state of a stack, as `pulumi stack export` prints it under `deployment`. */
export interface Deployment {
  readonly resources: readonly StateResource[];
  readonly pending_operations?: readonly PendingOperation[];
  readonly [field: string]: unknown;
}

/** The type of the resource that stands for the stack itself. */
export const ROOT = "pulumi:pulumi:Stack";

/** The type of the provider of all dynamic resources. */
export const DYNAMIC_PROVIDER = "pulumi:providers:pulumi-nodejs";

/**
 * Reads an exported state; that of a stack which was never updated has no resources.
 *
 * @throws ProviderError `CSP_STATE_UNREADABLE`
 */
export function readDeployment(exported: unknown): Deployment {
  if (!isObject(exported)) throw unreadable("it is not an exported deployment");
  const { resources = [], pending_operations: pending = [] } = exported;
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw unreadable("its resources are not a list of objects with a URN and a type");
  }
  if (!Array.isArray(pending) || !pending.every(isOperation)) {
    throw unreadable("its pending operations are not a list of operations on resources");
  }
  return { ...exported, resources, ...(pending.length > 0 ? { pending_operations: pending } : {}) };
}

/** The resources of a state that are not only left of replaced ones, by URN. */
export function resourcesByUrn({ resources }: Deployment): ReadonlyMap<string, StateResource> {
  return new Map(resources.filter((resource) => !resource.delete).map((resource) => [resource.urn, resource]));
}

/** The type of a URN, without those of its parents. */
export function typeOfUrn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The name of a URN. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function isResource(value: unknown): value is StateResource {
  return isObject(value) && typeof value.urn === "string" && typeof value.type === "string";
}

function isOperation(value: unknown): value is PendingOperation {
  return isObject(value) && typeof value.type === "string" && isResource(value.resource);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(reason: string): ProviderError {
  return new ProviderError("CSP_STATE_UNREADABLE", { reason });
}

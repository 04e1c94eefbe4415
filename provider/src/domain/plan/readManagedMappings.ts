import { readState } from "../customerSubscription/state.ts";
import { ProviderError } from "../errors/providerError.ts";
import { registrationKey } from "../ids.ts";
import type { MappingTable } from "../tenantListGuard/losses.ts";
import { readMappings } from "../tenantListGuard/mappingTexts.ts";
import type { ManagedMapping } from "./managedMapping.ts";

const OURS = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";
const COMPONENT = "azurestack-csp:index:TenantRegistrations";
const AZURE_NATIVE = /^azure-native:azurestack(?:\/v\w+)?:CustomerSubscription$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The customer subscriptions that a stack manages, out of its exported state (`pulumi stack export`), in its order.
 *
 * Those of `@pulumi/azure-native`, at any API version, are among them. What a program only reads is not managed.
 *
 * @param deployment - the parsed export, with or without its outer `version` and `deployment`.
 * @throws ProviderError `CSP_STATE_UNREADABLE` where it is no state, or the id of a resource is no customer subscription's.
 */
export function readManagedMappings(deployment: unknown): readonly ManagedMapping[] {
  const resources = resourcesOf(deployment);
  const remembered = rememberedIn(resources);
  const isGuarded = resources.some(({ type }) => type === GUARD || type === COMPONENT);
  return resources.flatMap((resource) => {
    const provider = providerOf(resource.type);
    if (!provider || resource.external === true) return [];
    const mapping = toMapping(resource, provider);
    // An engine notes when it has made or imported something; an edit of the state notes nothing.
    const isEdited = provider === "azurestack-csp" && text(resource.created) === undefined;
    const isNew = provider === "azurestack-csp" && (isGuarded || isEdited) && !remembered(mapping);
    return [{ ...mapping, ...(isNew ? { isNew } : {}), ...(isNew || isEdited ? { isUnasked: true } : {}) }];
  });
}

/** Whether a guard of the stack remembers a mapping, because the last run declared it. */
function rememberedIn(resources: readonly Fields[]): (mapping: ManagedMapping) => boolean {
  const tables = resources.filter(({ type }) => type === GUARD).map(({ inputs }) => tableOf(fieldsOf(inputs) ?? {}));
  return ({ id, tenantId = "" }) => {
    const known = tables.map((table) => table[registrationKey(id.registration)]?.[tenantId.toLowerCase()]);
    return known.some((subscription) => subscription?.toLowerCase() === id.customerSubscriptionId.toLowerCase());
  };
}

function tableOf({ mappings }: Fields): MappingTable {
  const texts = Object.entries(fieldsOf(mappings) ?? {});
  return readMappings(
    Object.fromEntries(texts.filter((each): each is [string, string] => typeof each[1] === "string")),
  );
}

function resourcesOf(deployment: unknown): readonly Fields[] {
  const outer = fieldsOf(deployment);
  if (!outer) throw unreadable("it is not an exported deployment");
  const inner = fieldsOf(outer.deployment) ?? outer;
  // A stack that was never updated has no resources.
  const resources = inner.resources ?? [];
  if (!Array.isArray(resources)) throw unreadable("its resources are not a list");
  return resources.map((resource) => {
    const fields = fieldsOf(resource);
    if (!fields) throw unreadable("one of its resources is not an object");
    return fields;
  });
}

function providerOf(type: unknown): ManagedMapping["provider"] | undefined {
  if (type === OURS) return "azurestack-csp";
  return typeof type === "string" && AZURE_NATIVE.test(type) ? "azure-native" : undefined;
}

function toMapping(resource: Fields, provider: ManagedMapping["provider"]): ManagedMapping {
  const urn = text(resource.urn) ?? "";
  const outputs = fieldsOf(resource.outputs) ?? {};
  const state = readState(text(resource.id) ?? "", outputs);
  return {
    urn,
    name: urn.split("::").slice(3).join("::"),
    provider,
    id: state.id,
    tenantId: state.expectedTenantId ?? state.tenantId,
    retainUntil: state.retainUntil,
    isPendingDelete: resource.delete === true,
    isProtected: resource.protect === true,
    isUnconfirmed: state.unconfirmed,
    access: state.access,
    ...(state.directory === undefined ? {} : { directory: state.directory }),
  };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function unreadable(reason: string): ProviderError {
  return new ProviderError("CSP_STATE_UNREADABLE", { reason });
}

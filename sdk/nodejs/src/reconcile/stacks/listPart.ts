import { createHash } from "node:crypto";
import { type RegistrationId, registrationKey, type TenantList } from "@azurestack-csp/provider";
import type { Receiver } from "./handOver.ts";

/** The stack that holds a registration of a list whose registrations have stacks of their own. */
export interface RegistrationStack extends Receiver {
  /** `<stack>.<registration key>`. */
  readonly stack: string;
  /** The part of the list that is about the registration; empty where the list defines it no more. */
  readonly list: TenantList;
  /** Stacks of one subscription are taken one after the other; empty where nothing tells it. */
  readonly registrationSubscriptionId: string;
}

/** What comes between the name of a stack and the key of a registration. */
const SEPARATOR = ".";

/** One stack for each registration of the list. */
export function splitList(list: TenantList, stack: string): readonly RegistrationStack[] {
  return list.registrations.map(({ key, registration }) => ({
    stack: nameOf(stack, key),
    list: partOf(list, key),
    registrationSubscriptionId: registration.registrationSubscriptionId.toLowerCase(),
    takes: (id) => isSame(id.registration, registration),
  }));
}

/** The stack of a registration that the list defines no more; what is left in it is to be removed. */
export function emptyPart(stack: string): RegistrationStack {
  const list: TenantList = { registrations: [], tenants: [] };
  return { stack, list, registrationSubscriptionId: "", takes: () => false };
}

/**
 * Whether a stack, with these mappings in it, is that of one registration of another stack's list.
 *
 * Its name alone does not tell: `production.eu` may be somebody's own. Its mappings are named by the registration's key.
 */
export function isPartOf(stack: string, part: { readonly stack: string; readonly names: readonly string[] }): boolean {
  return part.names.length > 0 && part.names.every((name) => nameOf(stack, keyIn(name)) === part.stack);
}

/** A mapping is named `<registration key>/<tenant id>`. */
function keyIn(name: string): string {
  return name.slice(0, name.lastIndexOf("/"));
}

/** Two keys never share a stack, whatever of them a stack's name can hold, and whatever the disk makes of letter case. */
function nameOf(stack: string, key: string): string {
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9._-]/g, "-");
  if (plain === key) return `${stack}${SEPARATOR}${key}`;
  const sum = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return `${stack}${SEPARATOR}${plain}-${sum}`;
}

function isSame(left: RegistrationId, right: RegistrationId): boolean {
  return registrationKey(left) === registrationKey(right);
}

function partOf({ registrations, tenants }: TenantList, key: string): TenantList {
  return {
    registrations: registrations.filter((registration) => registration.key === key),
    tenants: tenants.flatMap((tenant) => {
      const mappings = tenant.mappings.filter(({ registrationKey: used }) => used === key);
      return mappings.length > 0 ? [{ ...tenant, mappings }] : [];
    }),
  };
}

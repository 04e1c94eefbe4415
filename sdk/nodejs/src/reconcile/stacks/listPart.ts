import type { TenantList } from "@azurestack-csp/provider";

/** The stack that holds a registration of a list whose registrations have stacks of their own. */
export interface RegistrationStack {
  /** `<stack>.<registration key>`. */
  readonly stack: string;
  /** The part of the list that is about the registration; empty where the list defines it no more. */
  readonly list: TenantList;
  /** Stacks of one subscription are taken one after the other; empty where nothing tells it. */
  readonly registrationSubscriptionId: string;
}

/** What comes between the name of a stack and the key of a registration. */
const SEPARATOR = ".";

/** One stack for each registration of the list, and one for each that has a stack and is no longer in the list. */
export function splitList(
  list: TenantList,
  { stack, known }: { readonly stack: string; readonly known: readonly string[] },
) {
  const parts = list.registrations.map(
    (registration): RegistrationStack => ({
      stack: nameOf(stack, registration.key),
      list: partOf(list, registration.key),
      registrationSubscriptionId: registration.registration.registrationSubscriptionId.toLowerCase(),
    }),
  );
  const wanted = new Set(parts.map((part) => part.stack));
  const gone = known.filter((name) => isPartOf(stack, name) && !wanted.has(name));
  const empty: TenantList = { registrations: [], tenants: [] };
  return [...parts, ...gone.map((name) => ({ stack: name, list: empty, registrationSubscriptionId: "" }))];
}

/** Whether a stack is that of one registration of another stack's list. */
export function isPartOf(stack: string, name: string): boolean {
  return name.startsWith(`${stack}${SEPARATOR}`);
}

function nameOf(stack: string, key: string): string {
  return `${stack}${SEPARATOR}${key.replaceAll(/[^\w.-]/g, "-")}`;
}

function partOf({ registrations, tenants }: TenantList, key: string): TenantList {
  return {
    registrations: registrations.filter((registration) => registration.key === key),
    tenants: tenants.flatMap((tenant) => {
      const mappings = tenant.mappings.filter(({ registrationKey }) => registrationKey === key);
      return mappings.length > 0 ? [{ ...tenant, mappings }] : [];
    }),
  };
}

import { isGuid, registrationKey, sameId } from "../ids.ts";
import { nearest } from "./nearest.ts";
import { formatPlace, type ListedRegistration, type Place, type Tenant, type TenantList } from "./tenantList.ts";
import type { IssueCollector } from "./tenantListIssue.ts";

/** A list to be checked against itself. */
export interface CheckRequest {
  readonly list: TenantList;
  /** Every registration key that is defined, be its definition usable or not; absent where a file could not be read. */
  readonly definedKeys?: readonly string[];
  readonly issues: IssueCollector;
}

/** A tenant's mapping together with what it refers to. */
interface Claim {
  readonly tenant: Tenant;
  readonly customerSubscriptionId: string;
  readonly registration: ListedRegistration;
}

/**
 * Checks the list against itself: registrations that are undefined or defined twice, tenants, subscriptions and names
 * that occur twice, and registrations' own subscriptions used for customers.
 */
export function checkTenantList(request: CheckRequest): void {
  const { list, issues } = request;
  checkDefined(request);
  checkDistinctRegistrations(list, issues);
  checkNames(list, issues);
  const claims = claimsOf(list);
  checkTenants(claims, issues);
  checkSubscriptions(claims, issues);
  for (const claim of claims) checkOwnSubscription(claim, { list, issues });
}

function checkDefined({ list, definedKeys, issues }: CheckRequest): void {
  if (!definedKeys) return;
  const defined = new Set(definedKeys);
  const known = definedKeys.length > 0 ? definedKeys.join(", ") : "not defined yet";
  for (const { place, registrationKey: value } of list.tenants.flatMap((tenant) => tenant.mappings)) {
    if (defined.has(value)) continue;
    const details = { value, nearest: nearest(value, definedKeys), known };
    issues.error(place, "CSP_LIST_REGISTRATION_UNDEFINED", details);
  }
}

function checkDistinctRegistrations({ registrations }: TenantList, issues: IssueCollector): void {
  const keyed = createFirsts<ListedRegistration>();
  const identified = createFirsts<ListedRegistration>();
  for (const listed of registrations) {
    const { key, place } = listed;
    const namesake = keyed(key, listed);
    if (namesake) issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(namesake.place) });
    const id = registrationKey(listed.registration);
    const first = identified(id, listed);
    if (!first || namesake) continue;
    const details = { first: first.key, firstPlace: formatPlace(first.place), second: key, registration: id };
    issues.error(place, "CSP_LIST_REGISTRATION_SAME", details);
  }
}

function checkNames({ tenants }: TenantList, issues: IssueCollector): void {
  const named = createFirsts<Tenant>();
  for (const tenant of tenants) {
    const { name } = tenant;
    const first = named(name.normalize("NFKC").toLowerCase(), tenant);
    // One tenant may have a row for each of its Hubs.
    if (!first || sameId(first.tenantId, tenant.tenantId)) continue;
    const details = { name, firstTenantId: first.tenantId, firstPlace: formatPlace(first.place) };
    issues.error(within(tenant, "name"), "CSP_LIST_NAME_TWICE", details);
  }
}

function claimsOf({ registrations, tenants }: TenantList): readonly Claim[] {
  const byKey = new Map(registrations.map((registration) => [registration.key, registration]));
  return tenants.flatMap((tenant) =>
    tenant.mappings.flatMap(({ registrationKey: key, customerSubscriptionId }) => {
      const registration = byKey.get(key);
      return registration ? [{ tenant, customerSubscriptionId, registration }] : [];
    }),
  );
}

function checkTenants(claims: readonly Claim[], issues: IssueCollector): void {
  const claimed = createFirsts<Claim>();
  for (const claim of claims) {
    const { tenantId } = claim.tenant;
    if (!isGuid(tenantId)) continue;
    const first = claimed(claimKey(claim.registration, tenantId), claim);
    if (!first) continue;
    const details = { tenantId, ...bothRows(first, claim) };
    issues.error(within(claim.tenant, "tenantId"), "CSP_LIST_TENANT_TWICE", details);
  }
}

function checkSubscriptions(claims: readonly Claim[], issues: IssueCollector): void {
  const claimed = createFirsts<Claim>();
  for (const claim of claims) {
    const { customerSubscriptionId } = claim;
    if (!isGuid(customerSubscriptionId)) continue;
    const first = claimed(claimKey(claim.registration, customerSubscriptionId), claim);
    // The same tenant twice is said already.
    if (!first || sameId(first.tenant.tenantId, claim.tenant.tenantId)) continue;
    const details = { customerSubscriptionId, ...bothRows(first, claim) };
    issues.error(within(claim.tenant, "customerSubscriptionId"), "CSP_LIST_SUBSCRIPTION_TWICE", details);
  }
}

function checkOwnSubscription(claim: Claim, { list, issues }: Pick<CheckRequest, "list" | "issues">): void {
  const { tenant, customerSubscriptionId, registration } = claim;
  const place = within(tenant, "customerSubscriptionId");
  const owners = list.registrations.filter((listed) =>
    sameId(listed.registration.registrationSubscriptionId, customerSubscriptionId),
  );
  if (owners.some((owner) => owner.key === registration.key)) {
    issues.error(place, "CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION", { value: customerSubscriptionId });
    return;
  }
  const [owner] = owners;
  const details = { customerSubscriptionId, registration: owner?.key ?? "" };
  if (owner) issues.warning(place, "CSP_LIST_USES_REGISTRATION_SUBSCRIPTION", details);
}

function claimKey(registration: ListedRegistration, id: string): string {
  return `${registrationKey(registration.registration)} ${id.toLowerCase()}`;
}

function bothRows(first: Claim, second: Claim) {
  return {
    registration: second.registration.key,
    first: `"${first.tenant.name}"`,
    firstPlace: formatPlace(first.tenant.place),
    second: `"${second.tenant.name}"`,
  };
}

function within({ place }: Tenant, key: string): Place {
  return { ...place, path: `${place.path}.${key}` };
}

/** Remembers the first item of each key, and returns it for every later one. */
function createFirsts<Item>() {
  const firsts = new Map<string, Item>();
  return (key: string, item: Item): Item | undefined => {
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, item);
    return first;
  };
}

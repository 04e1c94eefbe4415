import { aFew } from "../aFew.ts";
import { registrationKey, sameId } from "../ids.ts";
import { dateProblem, guidProblem } from "../validators.ts";
import { nearest } from "./nearest.ts";
import { endpointKey } from "./readHub.ts";
import { formatPlace, type ListedRegistration, type Place, type Tenant, type TenantList } from "./tenantList.ts";
import type { IssueCollector } from "./tenantListIssue.ts";

/** A list to be checked against itself. */
export interface CheckRequest {
  readonly list: TenantList;
  /** Every registration key that is defined, be its definition usable or not; absent where a file could not be read. */
  readonly definedKeys?: readonly string[];
  /** The day in UTC, `YYYY-MM-DD`; without it no date is too far ahead. */
  readonly today?: string | undefined;
  readonly issues: IssueCollector;
}

/** A tenant's mapping together with what it refers to. */
interface Claim {
  readonly tenant: Tenant;
  readonly customerSubscriptionId: string;
  readonly registration: ListedRegistration;
  /** A number for each registration that Azure tells apart, whatever its key and spelling. */
  readonly hub: number;
  /** The two ids as keys; absent where they were refused by themselves. */
  readonly tenantId: string | undefined;
  readonly subscription: string | undefined;
}

/**
 * Checks the list against itself: registrations that are undefined or defined twice, Hubs that two of them have, tenants, subscriptions and names
 * that occur twice, tenants whose id is their subscription's, and registrations' own subscriptions used for customers.
 *
 * A value that was refused by itself is not looked at again: whatever is said of it would be false.
 */
export function checkConsistency(request: CheckRequest): void {
  const { list, issues } = request;
  checkDefined(request);
  checkDistinctRegistrations(list, issues);
  checkDistinctHubs(list, issues);
  checkNames(list, issues);
  const claims = claimsOf(list);
  checkTenants(claims, issues);
  checkSubscriptions(claims, issues);
  for (const claim of claims) checkDistinctIds(claim, issues);
  checkOwnSubscriptions(claims, request);
  checkDates(request);
}

function checkDefined({ list, definedKeys, issues }: CheckRequest): void {
  if (!definedKeys) return;
  const defined = new Set(definedKeys);
  const named = list.tenants.flatMap((tenant) => tenant.mappings);
  const [first] = named;
  if (first && defined.size === 0) {
    issues.error(first.place, "CSP_LIST_REGISTRATIONS_MISSING", { file: first.place.file });
    return;
  }
  const known = aFew(definedKeys, { most: 12, and: " and" });
  for (const { place, registrationKey: value } of named) {
    if (defined.has(value)) continue;
    issues.repeated(place, "CSP_LIST_REGISTRATION_UNDEFINED", value, () => ({
      value,
      nearest: nearest(value, definedKeys),
      known,
    }));
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

function checkDistinctHubs({ registrations }: TenantList, issues: IssueCollector): void {
  const reached = createFirsts<ListedRegistration>();
  for (const listed of registrations) {
    const { key, hub, place } = listed;
    const endpoint = endpointKey(hub);
    const first = endpoint === undefined ? undefined : reached(endpoint, listed);
    // Where key or registration occurs twice, that is what is wrong.
    if (!first || first.key === key || registrationKey(first.registration) === registrationKey(listed.registration))
      continue;
    const details = { first: first.key, firstPlace: formatPlace(first.place), second: key, endpoint: endpoint ?? "" };
    issues.error(place, "CSP_HUB_ENDPOINT_TWICE", details);
  }
}

function checkNames({ tenants }: TenantList, issues: IssueCollector): void {
  const named = createFirsts<Tenant>();
  for (const tenant of tenants) {
    const { name } = tenant;
    const first = named(name.normalize("NFKC").toLowerCase(), tenant);
    // One tenant may have a row for each of its Hubs.
    if (!first || sameId(first.tenantId, tenant.tenantId)) continue;
    if (!isFitId(first.tenantId) || !isFitId(tenant.tenantId)) continue;
    const details = { name, firstTenantId: first.tenantId, firstPlace: formatPlace(first.place) };
    issues.error(within(tenant, "name"), "CSP_LIST_NAME_TWICE", details);
  }
}

function claimsOf({ registrations, tenants }: TenantList): readonly Claim[] {
  const hubs = new Map<string, number>();
  const byKey = new Map(
    registrations.map((registration) => {
      const id = registrationKey(registration.registration);
      const hub = hubs.get(id) ?? hubs.size;
      hubs.set(id, hub);
      return [registration.key, { registration, hub }];
    }),
  );
  return tenants.flatMap((tenant) =>
    tenant.mappings.flatMap(({ registrationKey: key, customerSubscriptionId }) => {
      const named = byKey.get(key);
      if (!named) return [];
      const { registration, hub } = named;
      const [tenantId, subscription] = [fitId(tenant.tenantId), fitId(customerSubscriptionId)];
      return [{ tenant, customerSubscriptionId, registration, hub, tenantId, subscription }];
    }),
  );
}

function checkTenants(claims: readonly Claim[], issues: IssueCollector): void {
  const claimed = createFirstsByHub();
  for (const claim of claims) {
    const { tenantId } = claim.tenant;
    const first = claimed(claim, claim.tenantId);
    if (!first) continue;
    const details = { tenantId, ...bothRows(first, claim) };
    issues.error(within(claim.tenant, "tenantId"), "CSP_LIST_TENANT_TWICE", details);
  }
}

function checkSubscriptions(claims: readonly Claim[], issues: IssueCollector): void {
  const claimed = createFirstsByHub();
  for (const claim of claims) {
    const { customerSubscriptionId } = claim;
    const first = claimed(claim, claim.subscription);
    // The same tenant twice is said already.
    if (!first || sameId(first.tenant.tenantId, claim.tenant.tenantId)) continue;
    const details = { customerSubscriptionId, ...bothRows(first, claim) };
    issues.error(within(claim.tenant, "customerSubscriptionId"), "CSP_LIST_SUBSCRIPTION_TWICE", details);
  }
}

function checkDistinctIds({ tenant, tenantId: fit, subscription }: Claim, issues: IssueCollector): void {
  const { tenantId } = tenant;
  if (fit === undefined || fit !== subscription) return;
  issues.error(within(tenant, "customerSubscriptionId"), "CSP_LIST_TENANT_IS_SUBSCRIPTION", { tenantId });
}

function checkOwnSubscriptions(claims: readonly Claim[], { list, issues }: CheckRequest): void {
  const owners = Map.groupBy(list.registrations, ({ registration }) =>
    registration.registrationSubscriptionId.toLowerCase(),
  );
  for (const { tenant, customerSubscriptionId, registration, subscription } of claims) {
    const owned = (subscription === undefined ? undefined : owners.get(subscription)) ?? [];
    const [owner] = owned;
    if (!owner) continue;
    const place = within(tenant, "customerSubscriptionId");
    if (owned.some(({ key }) => key === registration.key)) {
      issues.error(place, "CSP_CUSTOMER_IS_REGISTRATION_SUBSCRIPTION", { value: customerSubscriptionId });
    } else {
      const details = { customerSubscriptionId, registration: owner.key };
      issues.warning(place, "CSP_LIST_USES_REGISTRATION_SUBSCRIPTION", details);
    }
  }
}

/** A retention that long is more likely a year of the Buddhist calendar. */
const MOST_YEARS = 20;

function checkDates({ list, today, issues }: CheckRequest): void {
  if (today === undefined) return;
  const farthest = Number(today.slice(0, 4)) + MOST_YEARS;
  for (const tenant of list.tenants) {
    const { retainUntil: value } = tenant;
    if (value === undefined || !isFitDate(value) || Number(value.slice(0, 4)) <= farthest) continue;
    const details = { value, years: String(MOST_YEARS) };
    issues.warning(within(tenant, "retainUntil"), "CSP_LIST_RETAIN_UNTIL_FAR", details);
  }
}

function isFitId(value: string): boolean {
  return guidProblem("", value) === undefined;
}

function isFitDate(value: string): boolean {
  return dateProblem("", value) === undefined;
}

/** An id in lower case; nothing for what was refused by itself. */
function fitId(value: string): string | undefined {
  return isFitId(value) ? value.toLowerCase() : undefined;
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

/** The same for each Hub by itself; what has no key is never returned. */
function createFirstsByHub() {
  const hubs = new Map<number, ReturnType<typeof createFirsts<Claim>>>();
  return (claim: Claim, key: string | undefined): Claim | undefined => {
    if (key === undefined) return undefined;
    const firsts = hubs.get(claim.hub) ?? createFirsts<Claim>();
    hubs.set(claim.hub, firsts);
    return firsts(key, claim);
  };
}

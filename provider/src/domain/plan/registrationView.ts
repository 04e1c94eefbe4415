import type { Access } from "../access.ts";
import { type RegistrationId, registrationKey, sameId } from "../ids.ts";
import type { TenantList } from "../tenantList/tenantList.ts";
import { type Declaration, toDeclarations } from "../tenantList/toDeclarations.ts";
import { isNotThere, isReadable, type LiveMapping, type RegistrationFacts } from "./liveFacts.ts";
import type { ManagedMapping } from "./managedMapping.ts";

/** All that is known of one registration, put up for look-ups; every id is a key in lower case. */
export interface RegistrationView {
  readonly registration: RegistrationId;
  /** The key in the list; absent where the list does not define the registration. */
  readonly key: string | undefined;
  readonly access: Access;
  /** Absent where nobody looked. */
  readonly facts: RegistrationFacts | undefined;
  readonly declarations: readonly Declaration[];
  /** Ours, those to be deleted by the next run included. */
  readonly managed: readonly ManagedMapping[];
  /** Customer subscriptions that the stack holds as resources of another provider. */
  readonly managedElsewhere: ReadonlySet<string>;
  /** What is live; where that could not be read, what the state says; nothing where only the state knows what is gone. */
  readonly live: Index<LiveMapping>;
  /** What the stack manages and does not delete anyway. */
  readonly kept: Index<ManagedMapping>;
  /** By resource name. */
  readonly named: ReadonlyMap<string, ManagedMapping>;
}

/** Mappings by customer subscription and by tenant. */
interface Index<Item> {
  readonly bySubscription: ReadonlyMap<string, Item>;
  readonly byTenant: ReadonlyMap<string, readonly Item[]>;
}

/** What is put together to views. */
export interface ViewsRequest {
  readonly list: TenantList;
  readonly live: readonly RegistrationFacts[];
  readonly managed: readonly ManagedMapping[];
}

interface Draft {
  readonly registration: RegistrationId;
  readonly key: string | undefined;
  readonly access: Access;
}

/** One view of each registration of the list, in its order, then for those that only the stack knows. */
export function viewRegistrations({ list, live, managed }: ViewsRequest): readonly RegistrationView[] {
  const drafts = new Map<string, Draft>();
  const add = (draft: Draft) => {
    const id = registrationKey(draft.registration);
    if (!drafts.has(id)) drafts.set(id, draft);
  };
  for (const { key, registration, access } of list.registrations) add({ registration, key, access: access ?? {} });
  for (const { id, access } of managed) add({ registration: id.registration, key: undefined, access });

  const facts = new Map(live.map((each) => [registrationKey(each.registration), each]));
  const declarations = Map.groupBy(toDeclarations(list), ({ id }) => registrationKey(id.registration));
  const resources = Map.groupBy(managed, ({ id }) => registrationKey(id.registration));
  return [...drafts].map(([id, draft]) =>
    viewRegistration(draft, {
      facts: facts.get(id),
      declarations: declarations.get(id) ?? [],
      resources: resources.get(id) ?? [],
    }),
  );
}

function viewRegistration(
  draft: Draft,
  known: {
    readonly facts: RegistrationFacts | undefined;
    readonly declarations: readonly Declaration[];
    readonly resources: readonly ManagedMapping[];
  },
): RegistrationView {
  const { facts, declarations, resources } = known;
  const managed = resources.filter(({ provider }) => provider === "azurestack-csp");
  const elsewhere = resources.filter(({ provider }) => provider !== "azurestack-csp");
  const kept = managed.filter(({ isPendingDelete }) => !isPendingDelete);
  const live = liveOn(draft, facts) ?? kept.map(toMapping);
  return {
    ...draft,
    facts,
    declarations,
    managed,
    managedElsewhere: new Set(elsewhere.map(({ id }) => id.customerSubscriptionId.toLowerCase())),
    live: createIndex(live, (mapping) => mapping),
    kept: createIndex(kept, toMapping),
    named: new Map(kept.map((mapping) => [mapping.name, mapping])),
  };
}

/** What is live, as far as it is known: nothing on a registration that is not there, and that only the state knows. */
function liveOn({ key }: Draft, facts: RegistrationFacts | undefined): readonly LiveMapping[] | undefined {
  if (!facts) return undefined;
  if (isReadable(facts)) return facts.mappings;
  return key === undefined && isNotThere(facts.problem) ? [] : undefined;
}

function createIndex<Item>(items: readonly Item[], mappingOf: (item: Item) => LiveMapping): Index<Item> {
  const bySubscription = new Map(items.map((item) => [mappingOf(item).customerSubscriptionId.toLowerCase(), item]));
  const byTenant = Map.groupBy(bySubscription.values(), (item) => mappingOf(item).tenantId?.toLowerCase() ?? "");
  return { bySubscription, byTenant };
}

function toMapping({ id, tenantId }: ManagedMapping): LiveMapping {
  return { customerSubscriptionId: id.customerSubscriptionId, tenantId };
}

/** Whether the two tenants are one; a tenant that nobody knows contradicts none. */
export function agrees(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || sameId(left, right);
}

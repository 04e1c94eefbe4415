import { formatRegistrationId, registrationKey } from "@azurestack-csp/provider/ids";
import type { Modes } from "../modes.ts";
import type { MappingChange, RegistrationFact } from "../world/world.ts";
import type { BillingHistory } from "./billingHistory.ts";
import { guidFrom } from "./directories.ts";
import { type CustomerSubscription, createMappings, type Mappings } from "./mappings.ts";

/** Where a registration is: the three names of its ARM id. */
export interface RegistrationPlace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** A registration without its customer subscriptions. */
export type Registration = Required<Omit<RegistrationFact, "customerSubscriptions" | "mappingHistory" | "tags">> &
  Pick<RegistrationFact, "tags">;

/** What a registration token or an out-of-band change says of a registration. */
export type RegistrationChanges = Partial<
  Omit<RegistrationFact, keyof RegistrationPlace | "customerSubscriptions" | "mappingHistory">
>;

type RegistrationPut =
  | { readonly kind: "created" | "replaced"; readonly registration: Registration }
  | { readonly kind: "cloudIdTaken" };

/** Registrations by place, its names in any letter case. */
export interface RegistrationStore {
  find(place: RegistrationPlace): Registration | undefined;
  /** Registrations of a subscription, or of one of its resource groups. */
  list(subscriptionId: string, resourceGroup?: string): readonly Registration[];
  all(): readonly Registration[];
  put(
    place: RegistrationPlace,
    facts: Required<Pick<Registration, "cloudId" | "objectId" | "billingModel">> & RegistrationChanges,
  ): RegistrationPut;
  /** Changes facts; `undefined` when there is no such registration. */
  change(place: RegistrationPlace, changes: RegistrationChanges): Registration | undefined;
  delete(place: RegistrationPlace): "deleted" | "notFound";
  mappingsOf(place: RegistrationPlace): Mappings | undefined;
  /** Whom usage was billed to over time. */
  historyOf(place: RegistrationPlace): readonly MappingChange[];
}

interface Record {
  registration: Registration;
  readonly mappings: Mappings;
}

/** What is there at the start, and what registrations are written with. */
export interface RegistrationStoreOptions {
  readonly registrations: readonly RegistrationFact[];
  readonly modes: () => Modes;
  readonly changed: () => void;
  /** Numbers that grow, for the order of list entries. */
  readonly nextSequence: () => number;
  /** Told of everything that decides who is billed. */
  readonly history: BillingHistory;
  readonly now: () => Date;
}

/** Registrations and, under each, its customer subscriptions. */
export function createRegistrationStore(options: RegistrationStoreOptions): RegistrationStore {
  const { modes, changed, nextSequence, history, now } = options;
  const records = new Map<string, Record>();
  let writes = 0;

  const recordOf = (place: RegistrationPlace) => records.get(keyOf(place));
  const newMappings = (place: RegistrationPlace, initial: readonly CustomerSubscription[] = []) =>
    createMappings({
      initial,
      keyOf: (name) => (modes().idCase === "strict" ? name : name.toLowerCase()),
      lag: () => modes().listLag,
      mapped: (tenantId, customerSubscriptionId) => history.map(keyOf(place), tenantId, customerSubscriptionId),
    });
  const etagOf = (place: RegistrationPlace) => {
    writes += 1;
    const [first = "", second = ""] = guidFrom(keyOf(place), String(writes)).split("-");
    return `"${first}-0000-${second}-0000-${guidFrom(keyOf(place)).slice(-12)}"`;
  };

  for (const { customerSubscriptions = [], mappingHistory, ...facts } of options.registrations) {
    const entries = customerSubscriptions.map((fact) => entryOf(fact, nextSequence(), now()));
    const mappings = newMappings(facts, entries);
    history.begin(keyOf(facts), facts);
    for (const { tenantId, customerSubscriptionId, since } of mappingHistory ?? entries.map(sinceCreated)) {
      history.map(keyOf(facts), tenantId, customerSubscriptionId ?? undefined, new Date(since));
    }
    const registration = {
      location: "global",
      approvedForMultiTenancy: false,
      ...facts,
      etag: facts.etag ?? etagOf(facts),
    };
    records.set(keyOf(facts), { registration, mappings });
  }

  const listBy = (prefix: string) =>
    [...records].filter(([key]) => key.startsWith(prefix)).map(([, record]) => record.registration);

  return {
    find: (place) => recordOf(place)?.registration,
    list(subscriptionId, resourceGroup) {
      const group = resourceGroup === undefined ? "" : `${resourceGroup}/`;
      return listBy(`/subscriptions/${subscriptionId}/resourceGroups/${group}`.toLowerCase());
    },
    all: () => listBy(""),
    put(place, facts) {
      const before = recordOf(place);
      if (before && before.registration.cloudId !== facts.cloudId) return { kind: "cloudIdTaken" };
      const base = before?.registration ?? { ...place, location: "global", approvedForMultiTenancy: false };
      const registration = { ...base, ...facts, etag: etagOf(place) };
      records.set(keyOf(place), { registration, mappings: before?.mappings ?? newMappings(place) });
      history.register(keyOf(place), registration);
      changed();
      return { kind: before ? "replaced" : "created", registration };
    },
    change(place, changes) {
      const record = recordOf(place);
      if (!record) return undefined;
      record.registration = { ...record.registration, ...changes, etag: etagOf(place) };
      history.register(keyOf(place), record.registration);
      changed();
      return record.registration;
    },
    delete(place) {
      const mappings = recordOf(place)?.mappings;
      if (!records.delete(keyOf(place))) return "notFound";
      for (const { tenantId } of mappings?.live() ?? []) history.map(keyOf(place), tenantId, undefined);
      history.register(keyOf(place), undefined);
      changed();
      return "deleted";
    },
    historyOf: (place) => history.mappingsOf(keyOf(place)),
    mappingsOf: (place) => recordOf(place)?.mappings,
  };
}

/** The ARM id of a registration. */
export function registrationIdOf({ subscriptionId, resourceGroup, name }: RegistrationPlace): string {
  return formatRegistrationId({ registrationSubscriptionId: subscriptionId, resourceGroup, registrationName: name });
}

/** An entry of the list, with the times and authors that a fact leaves out. */
function entryOf(
  { createdDaysAgo, ...fact }: RegistrationFactEntry,
  sequence: number,
  now: Date,
): CustomerSubscription {
  const daysAgo = createdDaysAgo === undefined ? undefined : new Date(now.getTime() - createdDaysAgo * DAY_IN_MS);
  const createdAt = fact.createdAt ?? daysAgo?.toISOString() ?? "2024-01-15T09:00:00.0000000Z";
  const createdBy = fact.createdBy ?? guidFrom("author", fact.customerSubscriptionId);
  return {
    ...fact,
    createdAt,
    createdBy,
    lastModifiedAt: fact.lastModifiedAt ?? createdAt,
    lastModifiedBy: fact.lastModifiedBy ?? createdBy,
    sequence,
  };
}

/** What a world says of when an entry came may be any text: one that is no time was there from the beginning. */
function sinceCreated({ tenantId, customerSubscriptionId, createdAt }: CustomerSubscription): MappingChange {
  const since = Number.isNaN(Date.parse(createdAt)) ? new Date(0).toISOString() : createdAt;
  return { tenantId, customerSubscriptionId, since };
}

const DAY_IN_MS = 86_400_000;

type RegistrationFactEntry = NonNullable<RegistrationFact["customerSubscriptions"]>[number];

function keyOf({ subscriptionId, resourceGroup, name }: RegistrationPlace): string {
  return registrationKey({ registrationSubscriptionId: subscriptionId, resourceGroup, registrationName: name });
}

import type { MappingChange, RegistrationFact } from "../world/world.ts";
import { Timeline } from "./timeline.ts";

/** What of a registration decides who is billed. */
type Registered = Pick<RegistrationFact, "subscriptionId" | "billingModel" | "cloudId">;

/** Whom usage was billed to at which time: registrations and their customer subscriptions, deleted ones too. */
export interface BillingHistory {
  /** Notes what a registration is from now on; nothing: it is gone. `key` names it. */
  register(key: string, registration: Registered | undefined): void;
  /** Notes what it was from the beginning. */
  begin(key: string, registration: Registered): void;
  /** Notes what a tenant's usage is billed to from now on, or from a time on; nothing: to the registration's own. */
  map(key: string, tenantId: string, customerSubscriptionId: string | undefined, since?: Date): void;
  /** Notes whether a Hub sends its usage to Azure from now on; the first time: that it always did or did not. */
  report(cloudId: string, isSent: boolean): void;
  /** The Azure subscription that was billed for a tenant of a Hub at a time; nothing where none was. */
  billedAt(cloudId: string, tenantId: string | undefined, time: Date): string | undefined;
  /** All that was noted of the customer subscriptions of a registration, to be kept. */
  mappingsOf(key: string): readonly MappingChange[];
}

interface Record {
  readonly registration: Timeline<Registered | undefined>;
  readonly mappings: Map<string, Timeline<string | undefined>>;
}

/** A history that is written as things change. */
export function createBillingHistory(now: () => Date): BillingHistory {
  const records = new Map<string, Record>();
  const reporting = new Map<string, Timeline<boolean>>();
  const recordOf = (key: string): Record => {
    const record = records.get(key) ?? { registration: new Timeline(), mappings: new Map() };
    records.set(key, record);
    return record;
  };
  return {
    register: (key, registration) => recordOf(key).registration.set(now().getTime(), registration),
    begin: (key, registration) => recordOf(key).registration.set(Number.NEGATIVE_INFINITY, registration),
    map(key, tenantId, customerSubscriptionId, since = now()) {
      const { mappings } = recordOf(key);
      const timeline = mappings.get(tenantId.toLowerCase()) ?? new Timeline();
      mappings.set(tenantId.toLowerCase(), timeline);
      if (timeline.at(since.getTime()) !== customerSubscriptionId)
        timeline.set(since.getTime(), customerSubscriptionId);
    },
    report(cloudId, isSent) {
      const timeline = reporting.get(cloudId.toLowerCase()) ?? new Timeline();
      const last = timeline.entries().at(-1)?.value;
      reporting.set(cloudId.toLowerCase(), timeline);
      if (last !== isSent) timeline.set(last === undefined ? Number.NEGATIVE_INFINITY : now().getTime(), isSent);
    },
    billedAt(cloudId, tenantId, date) {
      const time = date.getTime();
      if (reporting.get(cloudId.toLowerCase())?.at(time) === false) return undefined;
      for (const { registration, mappings } of records.values()) {
        const registered = registration.at(time);
        if (registered?.cloudId.toLowerCase() !== cloudId.toLowerCase()) continue;
        // A Hub that is billed by its capacity is billed for no usage.
        if (registered.billingModel.toLowerCase() === "capacity") return undefined;
        return mappings.get(tenantId?.toLowerCase() ?? "")?.at(time) ?? registered.subscriptionId;
      }
      return undefined;
    },
    mappingsOf: (key) =>
      [...(records.get(key)?.mappings ?? [])].flatMap(([tenantId, timeline]) =>
        timeline.entries().map(({ since, value }) => ({
          tenantId,
          customerSubscriptionId: value ?? null,
          since: new Date(since).toISOString(),
        })),
      ),
  };
}

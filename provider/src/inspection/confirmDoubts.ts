import pMap from "p-map";
import { findCustomerSubscription } from "../clients/registrations/findCustomerSubscription.ts";
import type { ErrorCode } from "../domain/errors/catalogue.ts";
import { isProviderError } from "../domain/errors/providerError.ts";
import { customerSubscriptionKey, registrationKey } from "../domain/ids.ts";
import {
  isReadable,
  type LiveMapping,
  type ReadableRegistration,
  type RegistrationFacts,
} from "../domain/plan/liveFacts.ts";
import type { ManagedMapping } from "../domain/plan/managedMapping.ts";
import type { ChangeKind, Plan, PlannedChange, RegistrationPlan } from "../domain/plan/plan.ts";
import { type ClientSource, CONCURRENCY } from "./inspectRegistrations.ts";

/** Facts from lists, and what was planned by them. */
export interface DoubtsRequest {
  readonly live: readonly RegistrationFacts[];
  readonly plan: Plan<ErrorCode>;
  readonly managed: readonly ManagedMapping[];
}

/** What an item GET said of a customer subscription: `undefined` where it is not there. */
type Confirmed = ReadonlyMap<string, LiveMapping | undefined>;

/**
 * Asks for each customer subscription whose listed state contradicts the stack or stands in the way, because lists lag.
 *
 * @returns the facts, corrected by what was answered; an answer that leaves room for doubt corrects nothing.
 */
export async function confirmDoubts(
  clientOf: ClientSource,
  { live, plan, managed }: DoubtsRequest,
): Promise<readonly RegistrationFacts[]> {
  const plans = new Map(plan.registrations.map((each) => [registrationKey(each.registration), each]));
  const inState = new Map(managed.map(({ id }) => [customerSubscriptionKey(id), id.customerSubscriptionId]));
  return await Promise.all(
    live.map(async (facts) => {
      const planned = plans.get(registrationKey(facts.registration));
      if (!planned || !isReadable(facts)) return facts;
      const inList = new Map(facts.mappings.map(({ customerSubscriptionId: id }) => [id.toLowerCase(), id]));
      const doubts = [...new Set(planned.changes.flatMap(doubtsOf))];
      const { registration } = facts;
      const spelled = (id: string) =>
        inList.get(id) ?? inState.get(customerSubscriptionKey({ registration, customerSubscriptionId: id })) ?? id;
      const ids = doubts.map(spelled);
      return ids.length === 0 ? facts : correct(facts, await askAll(clientOf, planned, ids));
    }),
  );
}

/** What is planned where list and stack agree, or where a run asks for itself before it removes. */
const CERTAIN: ReadonlySet<ChangeKind> = new Set<ChangeKind>(["offboard", "adopt", "rename", "access", "retention"]);

/** The customer subscriptions, in lower case, that the change is planned by and that a lagging list may show wrongly. */
function doubtsOf({ kind, customerSubscriptionId, fromSubscriptions }: PlannedChange): readonly string[] {
  if (CERTAIN.has(kind)) return [];
  const own = kind === "onboard" || kind === "move" ? [] : [customerSubscriptionId];
  return [...own, ...fromSubscriptions].map((id) => id.toLowerCase());
}

async function askAll(
  clientOf: ClientSource,
  { registration, access }: RegistrationPlan,
  ids: readonly string[],
): Promise<Confirmed> {
  const client = clientOf(access);
  const ask = async (customerSubscriptionId: string) => {
    const key = customerSubscriptionId.toLowerCase();
    try {
      const found = await findCustomerSubscription(client, { registration, customerSubscriptionId });
      const mapping = found && { customerSubscriptionId: found.customerSubscriptionId, tenantId: found.tenantId };
      return [[key, mapping]] as const;
    } catch (error) {
      if (isProviderError(error)) return [];
      throw error;
    }
  };
  return new Map((await pMap(ids, ask, { concurrency: CONCURRENCY })).flat());
}

function correct(facts: ReadableRegistration, confirmed: Confirmed): ReadableRegistration {
  const kept = facts.mappings.filter((mapping) => !confirmed.has(mapping.customerSubscriptionId.toLowerCase()));
  const found = [...confirmed.values()].filter((mapping) => mapping !== undefined);
  return { ...facts, mappings: [...kept, ...found] };
}

import type { ErrorCode } from "../domain/errors/catalogue.ts";
import { customerSubscriptionKey, type RegistrationId, registrationKey } from "../domain/ids.ts";
import { type Directories, isReadable, type RegistrationFacts } from "../domain/plan/liveFacts.ts";
import type { ManagedMapping } from "../domain/plan/managedMapping.ts";
import type { Plan, PlannedChange, RegistrationPlan } from "../domain/plan/plan.ts";
import { asksForDirectory, isWrite } from "../domain/plan/planChanges.ts";
import { planTenantList } from "../domain/plan/planTenantList.ts";
import type { TenantList } from "../domain/tenantList/tenantList.ts";
import { toDeclarations } from "../domain/tenantList/toDeclarations.ts";
import { confirmDoubts } from "./confirmDoubts.ts";
import { inspectDirectories, type ReachedSubscription } from "./inspectDirectories.ts";
import { type ClientSource, inspectRegistrations, withLocks } from "./inspectRegistrations.ts";

/** What is looked at. */
export interface InspectionRequest {
  readonly list: TenantList;
  /** What the stack manages; nothing by default. */
  readonly managed?: readonly ManagedMapping[];
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /**
   * Whether locks and directories are looked up for everything, as an audit wants it, or only where something would be
   * removed, moved or written, and the directories of what came into the state beside a run; the latter by default.
   */
  readonly everything?: boolean;
  /**
   * Whether nobody knows what the stack manages, as in a program: what is live as declared then counts as its own, and
   * what may be its own move as a warning.
   *
   * @default false
   */
  readonly stackIsUnknown?: boolean;
  /**
   * Whether a registration is looked at; one that is not is compared with the state alone. All by default. Directories are
   * asked for all the same: they are facts about customers' subscriptions, and a run notes that it has asked.
   */
  readonly isLookedAt?: ((registration: RegistrationId) => boolean) | undefined;
}

/** What was found, and what follows from it. */
export interface Inspection {
  readonly plan: Plan<ErrorCode>;
  /** The registrations of the list in its order, then those that only the stack knows. */
  readonly live: readonly RegistrationFacts[];
  readonly directories: Directories;
}

/**
 * Looks at all registrations of a list and of a stack, and plans the list against them; sends no write.
 *
 * What a list of customer subscriptions contradicts is asked for by itself, because lists lag.
 */
export async function inspectTenantList(clientOf: ClientSource, request: InspectionRequest): Promise<Inspection> {
  const { list, managed = [], today, everything = false, stackIsUnknown = false, isLookedAt = () => true } = request;
  const plan = (live: readonly RegistrationFacts[], directories: Directories = new Map()) =>
    planTenantList({ list, live, managed, directories, today, stackIsUnknown });

  const blank = plan([]).registrations.filter(({ registration }) => isLookedAt(registration));
  const listed = await inspectRegistrations(clientOf, blank);
  const confirmed = await confirmDoubts(clientOf, { live: listed, plan: plan(listed), managed });
  const { registrations } = plan(confirmed);
  const declared = new Set(toDeclarations(list).map(({ id }) => customerSubscriptionKey(id)));
  const doubts = inDoubt(managed.filter(({ id }) => declared.has(customerSubscriptionKey(id))));
  const judged = stackIsUnknown ? registrations.map(withoutAdoptions) : registrations;
  const [live, directories] = await Promise.all([
    lookAtLocks(clientOf, { live: confirmed, registrations, everything }),
    inspectDirectories(
      clientOf,
      everything ? allDeclared(list, registrations) : [...judged.flatMap(written), ...doubts],
    ),
  ]);
  return { plan: plan(live, directories), live, directories };
}

async function lookAtLocks(
  clientOf: ClientSource,
  request: {
    readonly live: readonly RegistrationFacts[];
    readonly registrations: readonly RegistrationPlan[];
    readonly everything: boolean;
  },
): Promise<readonly RegistrationFacts[]> {
  const { live, registrations, everything } = request;
  const plans = new Map(registrations.map((each) => [registrationKey(each.registration), each]));
  return await Promise.all(
    live.map(async (facts) => {
      const planned = plans.get(registrationKey(facts.registration));
      if (!planned || !isReadable(facts)) return facts;
      const meetsLocks = everything || planned.changes.some(mayMeetLocks);
      return meetsLocks ? await withLocks(clientOf, facts, planned.access) : facts;
    }),
  );
}

/** Whether the change is a write, which a `ReadOnly` lock refuses, or a removal, which any lock does. */
function mayMeetLocks({ kind, isLive }: PlannedChange): boolean {
  return isWrite(kind) || (kind === "offboard" && isLive);
}

function withoutAdoptions({ changes, ...rest }: RegistrationPlan): RegistrationPlan {
  return { ...rest, changes: changes.filter(({ kind }) => kind !== "adopt") };
}

/** The customer subscriptions that a run would ask the directories of before it writes or adopts. */
function written({ changes, access, problem }: RegistrationPlan): readonly ReachedSubscription[] {
  if (problem) return [];
  return changes.filter(asksForDirectory).map(({ customerSubscriptionId }) => ({ customerSubscriptionId, access }));
}

/** What the state knows to be wrong may be right by now, and of what came in beside a run nobody may have asked. */
function inDoubt(managed: readonly ManagedMapping[]): readonly ReachedSubscription[] {
  return managed
    .filter(({ directory, isNew, isPendingDelete }) => !isPendingDelete && (directory !== undefined || isNew))
    .map(({ id: { customerSubscriptionId }, access }) => ({ customerSubscriptionId, access }));
}

function allDeclared(list: TenantList, registrations: readonly RegistrationPlan[]): readonly ReachedSubscription[] {
  const reached = new Map(registrations.filter(({ problem }) => !problem).map((each) => [each.key, each.access]));
  return toDeclarations(list).flatMap(({ registrationKey: key, inputs: { customerSubscriptionId } }) => {
    const access = reached.get(key);
    return access ? [{ customerSubscriptionId, access }] : [];
  });
}

import type { Access, AccessChange } from "../access.ts";
import type { RegistrationId } from "../ids.ts";
import type { Place } from "../tenantList/tenantList.ts";
import { formatPlace } from "../tenantList/tenantListIssue.ts";
import { isNotThere, type LiveMapping, type Problem } from "./liveFacts.ts";

/**
 * What a run would do to a mapping, the dangerous ones first:
 *
 * - `offboard`: managed and no longer declared; its mapping is removed.
 * - `changeTenant`: the customer subscription is mapped to another tenant by now, or was until this list.
 * - `move`: the tenant is mapped to another customer subscription by now, or was until this list.
 * - `drift`: declared and managed, but what is live is another tenant, or nothing; it is written again.
 * - `onboard`: declared, neither managed nor live; it is registered.
 * - `adopt`: declared and live, and not managed; it comes under management without a write.
 * - `rename`: managed under another resource name; only the state changes.
 * - `access`: only the cloud or the credential changes by which it is reached; it is live there already, so that only the
 *   state changes.
 * - `retention`: only `retainUntil` changes, be it set, moved or taken away, and that only in the state.
 */
export const CHANGE_KINDS = [
  "offboard",
  "changeTenant",
  "move",
  "drift",
  "onboard",
  "adopt",
  "rename",
  "access",
  "retention",
] as const;

/** One of {@link CHANGE_KINDS}. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change that a run would make. */
export interface PlannedChange {
  readonly kind: ChangeKind;
  /** The resource's name, `<registration key>/<tenant id>`. */
  readonly name: string;
  /** The customer's display name; absent where the list does not know the tenant. */
  readonly tenantName: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** The declared tenant; of an `offboard` the managed one, absent where the state has none. */
  readonly tenantId: string | undefined;
  /** The declared customer subscription; of an `offboard` the managed one. */
  readonly customerSubscriptionId: string;
  /** The customer subscriptions that the tenant is taken away from; of a `move` at least one. */
  readonly fromSubscriptions: readonly string[];
  /** The tenant that the customer subscription is taken away from; of a `changeTenant` always there. */
  readonly fromTenantId: string | undefined;
  /** The tenant that is live on the customer subscription; `undefined` where nothing is, or the service gives none. */
  readonly liveTenantId: string | undefined;
  /** Whether anything is live on the customer subscription. */
  readonly isLive: boolean;
  /** The last day, `YYYY-MM-DD` in UTC, on which the mapping may not be removed, as declared; of an `offboard` as managed. */
  readonly retainUntil: string | undefined;
  /** Of a `retention` the day that holds until then, absent where there is none; of other kinds absent. */
  readonly fromRetainUntil: string | undefined;
  /** What changes in how it is reached; of an `access` at least one setting, of an `offboard` and an `onboard` none. */
  readonly accessChanges: readonly AccessChange[];
  /** The tenant's row; absent where the list has none. */
  readonly place: Place | undefined;
}

/** A declared mapping whose customer subscription belongs to another directory than its tenant. */
export interface WrongMapping {
  /** The resource's name, `<registration key>/<tenant id>`. */
  readonly name: string;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
  /** The directory that the customer subscription belongs to. */
  readonly directory: string;
}

/** What the plan holds for one registration. */
export interface RegistrationPlan {
  readonly registration: RegistrationId;
  /** Its ARM id. */
  readonly registrationId: string;
  /** The registration's key in the list; absent where the list no longer defines it. */
  readonly key: string | undefined;
  readonly access: Access;
  readonly billingModel: string | undefined;
  /** Why nothing live could be read; the changes are then those against the state alone. */
  readonly problem: Problem | undefined;
  /** In the order of {@link CHANGE_KINDS}, then by name. */
  readonly changes: readonly PlannedChange[];
  /** Live, and neither declared nor managed; a run leaves them alone. */
  readonly extras: readonly LiveMapping[];
  /** How many are declared, managed and live alike, as Azure told it; those that are wrong excepted. */
  readonly unchanged: number;
  /** How many are declared and managed alike, and not known to be live: Azure was not read, or does not tell the tenant. */
  readonly unknown: number;
  /** Managed and live as declared, with a customer subscription of another directory; a run leaves them as they are. */
  readonly wrong: readonly WrongMapping[];
  /** How many the list declares. */
  readonly declared: number;
  /** How many the stack manages. */
  readonly managed: number;
  /** How many are live; absent where that could not be read. */
  readonly live: number | undefined;
}

/**
 * Something that keeps a run from being right (an error), or that a person should look at (a warning).
 *
 * A front end may add what it finds itself, with codes of its own.
 */
export interface PlanIssue<Code extends string = string> {
  readonly severity: "error" | "warning";
  readonly code: Code;
  /** The whole explanation: code, fact with its value, what it leads to, what to do. */
  readonly message: string;
  /** The ARM id of the registration. */
  readonly registrationId: string;
  /** The row to correct; absent where the list has none. */
  readonly place: Place | undefined;
}

/** A suspended customer whose `retainUntil` has passed, so that its row may be removed. */
export interface DueRow {
  readonly tenantName: string;
  readonly tenantId: string;
  readonly retainUntil: string;
  readonly registrationKeys: readonly string[];
  readonly place: Place;
}

/** A Hub that was registered anew under another name: all its customers go from one registration to another. */
export interface Renewal {
  /** The key in the list, which names the new registration. */
  readonly key: string;
  readonly from: RegistrationId;
  readonly to: RegistrationId;
  /** How it shows: the old registration is `gone`, or both are of the `sameHub`, by its cloud id. */
  readonly reason: "gone" | "sameHub";
  /** How many of the stack's customers are declared on the new one. */
  readonly customers: number;
}

/** What a run would do, compared with what is live and what the stack manages. */
export interface Plan<Code extends string = string> {
  /** In the order of the list, then those that only the stack knows. */
  readonly registrations: readonly RegistrationPlan[];
  /** Errors and warnings, by registration; an error means that a run would fail or bill somebody wrongly. */
  readonly issues: readonly PlanIssue<Code>[];
  /** In the order of the list. */
  readonly due: readonly DueRow[];
  /** The Hubs that were registered anew; their customers' changes are counted on both registrations. */
  readonly renewals: readonly Renewal[];
  /** How many changes of each kind, over all registrations. */
  readonly counts: Readonly<Record<ChangeKind | "extras" | "unchanged" | "unknown" | "wrong", number>>;
}

/**
 * Whether nothing is known of what is live on the registration: it could not be read.
 *
 * One that only the state knows and that is not there needs no look: a run forgets it.
 */
export function isUnread({ problem, key }: Pick<RegistrationPlan, "problem" | "key">): boolean {
  return problem !== undefined && !(key === undefined && isNotThere(problem));
}

/** One line for a person or an editor: the place if there is one, `warning:` if it is one, the message. */
export function formatPlanIssue({ severity, message, place, registrationId }: PlanIssue): string {
  const where = place ? formatPlace(place) : registrationId;
  return `${where}: ${severity === "warning" ? "warning: " : ""}${message}`;
}

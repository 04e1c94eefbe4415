import type { Access } from "../access.ts";
import type { HubAccess } from "../hub.ts";
import type { RegistrationId } from "../ids.ts";
import type { DeclaredLock } from "../locks.ts";

/** Where in the files of a tenant list something stands. */
export interface Place {
  /** The file's name as it was handed in. */
  readonly file: string;
  /** The line in the file, from 1. */
  readonly line: number;
  /** The character in the line, from 1. */
  readonly column: number;
  /** The tenant's row: in CSV as a spreadsheet counts, the header being row 1; in YAML and JSON its number from 1. */
  readonly row?: number;
  /** The property, such as `tenants[2].tenantId`; list indices count from 0 in each file. */
  readonly path: string;
}

/** Whether a tenant works normally, or is being offboarded and its mapping kept until its last usage has arrived. */
export type TenantState = "active" | "suspended";

/** A registration that the list defines. */
export interface ListedRegistration {
  /** The name by which tenants refer to it; part of the resources' names. */
  readonly key: string;
  readonly registration: RegistrationId;
  /** How it is reached; absent where it is by the cloud and the credential of the whole run. */
  readonly access?: Access;
  /** The lock that the registration has to have. */
  readonly lock?: DeclaredLock;
  /**
   * How the Hub itself is reached, for its usage and for an audit; no part of what is registered. Its `caFile` is as it is
   * written, and so relative to the file in `place`.
   */
  readonly hub?: HubAccess;
  readonly place: Place;
}

/** One customer subscription that the list declares for a tenant. */
export interface TenantMapping {
  /** The key of the registration it is declared on. */
  readonly registrationKey: string;
  /** The customer's Azure subscription; a GUID. */
  readonly customerSubscriptionId: string;
  /** Where the registration is named; in `defaults` where the tenant names none. */
  readonly place: Place;
}

/** A customer: a directory tenant, and what it is billed to on each Hub it uses. */
export interface Tenant {
  /** The display name, for people; no resource is named after it. */
  readonly name: string;
  /** The directory tenant; a GUID. */
  readonly tenantId: string;
  /** One for each registration that the tenant uses, in the order of the list; at least one. */
  readonly mappings: readonly TenantMapping[];
  /** Cost centre, account manager and the like, for reports; the list's defaults are merged in. */
  readonly labels: Readonly<Record<string, string>>;
  readonly state: TenantState;
  /** The last day, `YYYY-MM-DD` in UTC, on which the mappings may not be removed. */
  readonly retainUntil?: string;
  /** Customer subscriptions whose live mapping may be displaced; empty by default. */
  readonly overwrite: readonly string[];
  /** Where the tenant's row begins. */
  readonly place: Place;
}

/** Which customers are registered on which Hubs, with all defaults filled in. */
export interface TenantList {
  /** In the order of the files. */
  readonly registrations: readonly ListedRegistration[];
  /** In the order of the files. */
  readonly tenants: readonly Tenant[];
}

/** A place as messages name it: file and line. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}`;
}

/**
 * What an audit finds:
 *
 * - `missing`: declared, and not live; the tenant's usage is billed to the registration's own subscription.
 * - `drift`: live in another way than declared.
 * - `undeclared`: managed and live, and no longer declared.
 * - `extra`: live, and neither declared nor managed.
 * - `unmanaged`: declared and live, and not in the stack.
 * - `shared`: managed by another stack of the backend as well, or not known to be managed by the stack alone.
 * - `fanOut`: on one Hub of a group, and not on another.
 * - `duplicate`: one tenant, subscription or Hub that occurs twice where it may occur once.
 * - `lock`: a management lock that writes or removals would meet.
 * - `hub`: what the Hub itself says of its registration, or that this is not known.
 * - `unregistered`: who has local subscriptions on the Hub and is in no row for it; their usage is billed like what is missing.
 * - `check`: the registration, its billing model, or the directory of a customer subscription.
 * - `due`: suspended, and the date has passed.
 */
export const FINDING_KINDS = [
  "check",
  "hub",
  "drift",
  "missing",
  "unregistered",
  "undeclared",
  "shared",
  "duplicate",
  "fanOut",
  "extra",
  "unmanaged",
  "lock",
  "due",
] as const;

/** One of {@link FINDING_KINDS}. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that an audit found. */
export interface Finding {
  readonly kind: FindingKind;
  /** A `note` is worth knowing; only a `finding` makes the audit fail. */
  readonly severity: "finding" | "note";
  /** The registration's key in the list, or its name. */
  readonly registration: string;
  readonly tenantName?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly customerSubscriptionId?: string | undefined;
  /** What is the case, in a sentence. */
  readonly message: string;
}

import {
  aFew,
  formatRegistrationId,
  type ManagedMapping,
  ProviderError,
  registrationKey,
  suspectedRenewals,
  type TenantList,
} from "@azurestack-csp/provider";
import { reconcileErrors } from "../errors/reconcileErrors.ts";

/** Stack and list that a run was given. */
export interface StackBesideList {
  /** The name of the stack. */
  readonly stack: string;
  /** What it and its parts manage. */
  readonly managed: readonly ManagedMapping[];
  readonly list: TenantList;
  /** The registrations that Azure does not have any more, by `registrationKey`: a run only forgets what was on them. */
  readonly gone?: ReadonlySet<string>;
}

/**
 * Refuses a stack and a list that have no registration in common, as where a command was run in the wrong folder.
 *
 * A stack that manages nothing yet goes with every list, and so does a list that defines no registration: the guard
 * judges what it removes.
 *
 * @throws ProviderError `CSP_RECONCILE_OTHER_LIST`
 */
export function refuseOtherList({ stack, managed, list, gone = new Set() }: StackBesideList): void {
  const own = managed
    .filter(({ id, provider }) => provider === "azurestack-csp" && !gone.has(registrationKey(id.registration)))
    .map(({ id }) => id.registration);
  const defined = new Set(list.registrations.map(({ registration }) => registrationKey(registration)));
  if (own.length === 0 || defined.size === 0 || own.some((each) => defined.has(registrationKey(each)))) return;
  // A Hub that was registered anew goes by the key that it had.
  if (suspectedRenewals({ managed, list }).length > 0) return;
  const registrations = new Map(own.map((each) => [registrationKey(each), formatRegistrationId(each)]));
  throw new ProviderError(reconcileErrors.CSP_RECONCILE_OTHER_LIST, {
    stack,
    count: String(own.length),
    files: aFew([...new Set([...list.registrations, ...list.tenants].map(({ place }) => place.file))]),
    registrations: aFew([...registrations.values()]),
  });
}

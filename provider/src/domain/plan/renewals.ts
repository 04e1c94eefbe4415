import { registrationKey, sameId } from "../ids.ts";
import { isNotThere, isReadable, type RegistrationFacts } from "./liveFacts.ts";
import type { Renewal } from "./plan.ts";
import { type RegistrationView, type ViewsRequest, viewRegistrations } from "./registrationView.ts";

/**
 * The registrations that only the state knows and whose key names another one in the list, and those others: where Azure
 * shows an old one gone, or both of one Hub, the Hub was registered anew.
 */
export function suspectedRenewals(
  request: Omit<ViewsRequest, "live">,
): readonly Pick<RegistrationView, "registration" | "access">[] {
  const views = viewRegistrations({ ...request, live: [] });
  const pairs = views.flatMap((old) => successorsOf(old, views).flatMap((to) => [old, to]));
  return pairs.map(({ registration, access }) => ({ registration, access }));
}

/** The Hubs that were registered anew under another name, with the customers that go over. */
export function findRenewals(views: readonly RegistrationView[]): readonly Renewal[] {
  return views.flatMap((old) =>
    successorsOf(old, views).flatMap((to): readonly Renewal[] => {
      const reason = reasonFor(old.facts, to.facts);
      const tenants = new Set(to.declarations.map(({ inputs }) => inputs.tenantId.toLowerCase()));
      const customers = [...old.kept.byTenant.keys()].filter((tenantId) => tenants.has(tenantId)).length;
      if (!reason || to.key === undefined || customers === 0) return [];
      return [{ key: to.key, from: old.registration, to: to.registration, reason, customers }];
    }),
  );
}

/** Whose key the resources of a registration are named by that the list has no more. */
function successorsOf(
  { key, kept }: RegistrationView,
  views: readonly RegistrationView[],
): readonly RegistrationView[] {
  if (key !== undefined) return [];
  const keys = new Set(
    [...kept.bySubscription.values()].map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf("/")))),
  );
  const [only] = keys;
  return keys.size === 1 ? views.filter((view) => view.key !== undefined && view.key === only) : [];
}

function reasonFor(
  old: RegistrationFacts | undefined,
  to: RegistrationFacts | undefined,
): Renewal["reason"] | undefined {
  if (!old || !to) return undefined;
  if (!isReadable(old)) return isNotThere(old.problem) ? "gone" : undefined;
  const isOneHub = isReadable(to) && old.cloudId !== undefined && to.cloudId !== undefined;
  return isOneHub && sameId(old.cloudId, to.cloudId) ? "sameHub" : undefined;
}

/** The keys of the old registrations, with those that take their customers over. */
export function successorKeys(renewals: readonly Pick<Renewal, "from" | "to">[]): ReadonlyMap<string, string> {
  return new Map(renewals.map(({ from, to }) => [registrationKey(from), registrationKey(to)]));
}

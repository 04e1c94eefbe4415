import { didYouMean, nearWords, ProviderError, type TenantList } from "@azurestack-csp/provider";

/**
 * Makes sure that the list defines the keys of an option: a misspelled one would find nothing, and look as if there were
 * nothing.
 *
 * @throws ProviderError `CSP_LIST_REGISTRATION_UNDEFINED`
 */
export function requireRegistrations(keys: readonly string[], { registrations }: TenantList): void {
  const defined = registrations.map(({ key }) => key);
  const value = keys.find((key) => !defined.includes(key));
  if (value === undefined) return;
  const nearest = didYouMean(nearWords(value, defined).slice(0, 1));
  throw new ProviderError("CSP_LIST_REGISTRATION_UNDEFINED", { value, nearest, more: "", known: defined.join(", ") });
}

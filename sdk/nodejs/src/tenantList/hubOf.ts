import { dirname, resolve } from "node:path";
import { type HubAccess, type ListedRegistration, ProviderError } from "@azurestack-csp/provider";

/**
 * How the Hub of a registration is reached, its `caFile` found from the file of the list that names it.
 *
 * @param folder - where the paths of the list start, as with `readTenantList`.
 */
export function hubOf({ hub, place }: Pick<ListedRegistration, "hub" | "place">, folder = "."): HubAccess | undefined {
  if (hub?.caFile === undefined) return hub;
  return { ...hub, caFile: resolve(folder, dirname(place.file), hub.caFile) };
}

/**
 * The same, where there has to be one.
 *
 * @throws ProviderError `CSP_HUB_NOT_LISTED`
 */
export function requireHub(registration: ListedRegistration, folder = "."): HubAccess {
  const hub = hubOf(registration, folder);
  if (hub) return hub;
  throw new ProviderError("CSP_HUB_NOT_LISTED", { key: registration.key });
}

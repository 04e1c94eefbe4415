import type { Access, AzureClients, ClientSource, TenantList } from "@azurestack-csp/provider";

/**
 * How the registrations of a list are reached.
 *
 * @throws ProviderError where the environment lacks what a registration of the list is reached with.
 */
export function connectList(
  { registrations }: TenantList,
  clientsOf: (access: Access) => Pick<AzureClients, "registrations">,
): ClientSource {
  for (const { access = {} } of registrations) clientsOf(access);
  return (access) => clientsOf(access).registrations;
}

import type { HubFact } from "./hub.ts";
import type { World } from "./world.ts";

/** What no schema can say of a world's Hubs: references to what is not there, and things stated twice. */
export function hubContradictions({ directories, subscriptions, hubs = [] }: World): readonly string[] {
  const tenants = new Set(directories.map(({ tenantId }) => tenantId.toLowerCase()));
  const azure = new Set(subscriptions.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
  const names = new Map<string, string>();
  const own = new Map<string, string>();
  const findings: string[] = [];

  const once = (seen: Map<string, string>, id: string, path: string) => {
    const first = seen.get(id.toLowerCase());
    if (first !== undefined) findings.push(`${path} ${id} stands at ${first} already`);
    else seen.set(id.toLowerCase(), path);
  };
  const ofHub = (subscriptionId: string, path: string) => {
    once(own, subscriptionId, path);
    if (azure.has(subscriptionId.toLowerCase())) findings.push(`${path} ${subscriptionId} is a subscription of Azure`);
  };
  const known = (tenantId: string, path: string) => {
    if (!tenants.has(tenantId.toLowerCase())) findings.push(`${path} ${tenantId} is no directory of this world`);
  };

  const checkSubscriptions = ({ identityProvider, homeTenantId, subscriptions: local = [] }: HubFact, path: string) => {
    for (const [index, { subscriptionId, tenantId }] of local.entries()) {
      ofHub(subscriptionId, `${path}/subscriptions/${index}/subscriptionId`);
      known(tenantId, `${path}/subscriptions/${index}/tenantId`);
      if (identityProvider === "adfs" && tenantId.toLowerCase() !== homeTenantId.toLowerCase()) {
        findings.push(
          `${path}/subscriptions/${index}/tenantId ${tenantId} is not the one directory that a Hub with AD FS has`,
        );
      }
    }
  };

  for (const [index, hub] of hubs.entries()) {
    const path = `/hubs/${index}`;
    once(names, hub.name, `${path}/name`);
    once(names, hub.cloudId, `${path}/cloudId`);
    known(hub.homeTenantId, `${path}/homeTenantId`);
    if (hub.identityProvider === "adfs") once(names, hub.homeTenantId, `${path}/homeTenantId`);
    ofHub(hub.providerSubscriptionId, `${path}/providerSubscriptionId`);
    checkSubscriptions(hub, path);
  }
  return findings;
}

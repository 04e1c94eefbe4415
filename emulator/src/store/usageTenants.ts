import type { HubFact, LocalSubscription } from "../world/hub.ts";
import type { World } from "../world/world.ts";
import { guidFrom } from "./directories.ts";

/** The world with as many local subscriptions on each Hub, made up where it has fewer, each of a tenant of its own. */
export function withTenants(world: World, tenants: number, seed: number): World {
  return world.hubs === undefined ? world : { ...world, hubs: world.hubs.map((hub) => fill(hub, tenants, seed)) };
}

function fill(hub: HubFact, tenants: number, seed: number): HubFact {
  const own = hub.subscriptions ?? [];
  const missing = Math.max(0, tenants - own.length);
  const made = Array.from({ length: missing }, (_, index) => tenant(hub, seed, index + 1));
  return { ...hub, subscriptions: [...own, ...made] };
}

function tenant({ cloudId }: HubFact, seed: number, number: number): LocalSubscription {
  const name = `tenant${String(number).padStart(4, "0")}`;
  return {
    subscriptionId: guidFrom("usage subscription", cloudId, String(seed), String(number)),
    tenantId: guidFrom("usage tenant", cloudId, String(seed), String(number)),
    displayName: `${name} - production`,
    owner: `admin@${name}.onmicrosoft.com`,
  };
}

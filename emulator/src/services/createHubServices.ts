import type { Service } from "../pipeline/service.ts";
import type { Hub } from "../store/hubs.ts";
import type { Store } from "../store/store.ts";
import { hubVersions } from "./arm/apiVersions.ts";
import { type HubEndpoint, hubEnvironment } from "./arm/hubEnvironment.ts";
import { builtInProviders } from "./arm/providers.ts";
import { type ArmOptions, createArm } from "./arm/service.ts";
import { hubNamespaces, hubProviders } from "./hubProviders.ts";

/** An endpoint of a Hub, and what is made with it. */
export interface HubServicesOptions extends Pick<ArmOptions, "tokens" | "throttle"> {
  readonly hub: Hub;
  readonly endpoint: HubEndpoint;
  /** The world, of which the endpoint knows its own subscriptions only. */
  readonly store: Store;
}

/** What one endpoint of a Hub serves. */
export function createHubServices(options: HubServicesOptions): readonly Service[] {
  const { hub, endpoint, store, tokens, throttle } = options;
  const services = hubProviders[endpoint];
  const subscriptions = endpoint === "admin" ? hub.providerSubscriptions : hub.localSubscriptions;
  const arm = {
    hub,
    tokens,
    throttle,
    store: { ...store, subscriptions },
    environment: hubEnvironment(hub, endpoint, store.directories),
    providers: [
      ...services.map(({ describe }) => describe(hub)),
      ...hubNamespaces[endpoint],
      ...builtInProviders(hubVersions),
    ],
  };
  return [...services.map(({ create }) => create(arm)), createArm(arm)];
}

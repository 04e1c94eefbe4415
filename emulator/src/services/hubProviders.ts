import type { HubEndpoint } from "./arm/hubEnvironment.ts";
import type { HubProvider } from "./arm/hubProvider.ts";
import type { ResourceProvider } from "./arm/providers.ts";
import { azureBridge } from "./azureBridge/service.ts";
import { subscriberUsage, userUsage } from "./commerce/provider.ts";
import { hubSubscriptions } from "./hubSubscriptions/provider.ts";

/** The resource providers behind the two endpoints of a Hub, which the emulator answers for. */
export const hubProviders: Readonly<Record<HubEndpoint, readonly HubProvider[]>> = {
  admin: [hubSubscriptions, azureBridge, subscriberUsage],
  user: [userUsage],
};

/** Those that clients look for and register before anything else, and of which the emulator has no resources. */
export const hubNamespaces: Readonly<Record<HubEndpoint, readonly ResourceProvider[]>> = {
  admin: [],
  user: ["Microsoft.Compute", "Microsoft.KeyVault", "Microsoft.Network", "Microsoft.Storage"].map((namespace) => ({
    namespace,
    registration: "required",
    types: [],
  })),
};

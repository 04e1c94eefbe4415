import type { Service } from "../pipeline/service.ts";
import type { WorldStore } from "../store/store.ts";
import { azureVersions } from "./arm/apiVersions.ts";
import { azureEnvironment } from "./arm/azureEnvironment.ts";
import type { HubEndpoint } from "./arm/hubEnvironment.ts";
import { builtInProviders } from "./arm/providers.ts";
import { createArm } from "./arm/service.ts";
import type { Throttle } from "./arm/throttle.ts";
import { createHubServices } from "./createHubServices.ts";
import { createEntra } from "./entra/service.ts";
import { createTokens } from "./entra/tokens.ts";
import { azureStack } from "./registrations/provider.ts";
import { createRegistrations } from "./registrations/service.ts";

/** What services are made with. */
export interface ServicesOptions {
  readonly store: WorldStore;
  /** The endpoint that steers the emulator, which lives on Azure's address. */
  readonly control: Service;
  /** Absent: nothing is throttled. */
  readonly throttle: Throttle | undefined;
  readonly now: () => Date;
}

/** An address of its own, by what is served there. */
export type OriginName = "azure" | `${HubEndpoint} of ${string}`;

/** What the emulator serves, by the address that it is served on; of those there, the first to own a request answers it. */
export async function createServices(
  options: ServicesOptions,
): Promise<Readonly<Record<OriginName, readonly Service[]>>> {
  const { control, throttle, now, store } = options;
  const tokens = await createTokens(now);
  const providers = [azureStack, ...builtInProviders(azureVersions)];
  const arm = { tokens, throttle, providers, environment: azureEnvironment };
  const resourceManager = [createRegistrations(arm), createArm(arm)];
  const hubs = store.hubs.flatMap((hub) =>
    (["admin", "user"] as const).map((endpoint) => {
      const services = createHubServices({ hub, endpoint, store, tokens, throttle });
      return { name: `${endpoint} of ${hub.name}` as const, hub, services };
    }),
  );
  const entra = createEntra({
    tokens,
    services: [
      ...resourceManager,
      ...hubs.filter(({ hub }) => hub.identityProvider === "entra").flatMap(({ services }) => services),
    ],
    stamps: hubs
      .filter(({ hub }) => hub.identityProvider === "adfs")
      .map(({ hub, services }) => ({ tenantId: hub.homeTenantId, services })),
  });
  return {
    azure: [control, entra, ...resourceManager],
    ...Object.fromEntries(hubs.map(({ name, services }) => [name, services])),
  };
}

import type { Service } from "../pipeline/service.ts";
import { azureAudiences } from "./arm/audiences.ts";
import { builtInProviders } from "./arm/providers.ts";
import { createArm } from "./arm/service.ts";
import type { Throttle } from "./arm/throttle.ts";
import { createEntra } from "./entra/service.ts";
import { createTokens } from "./entra/tokens.ts";
import { azureStack } from "./registrations/provider.ts";
import { createRegistrations } from "./registrations/service.ts";

/** What services are made with. */
export interface ServicesOptions {
  /** The endpoint that steers the emulator, which lives on Azure's address. */
  readonly control: Service;
  /** Absent: nothing is throttled. */
  readonly throttle: Throttle | undefined;
  readonly now: () => Date;
}

/** What the emulator serves, by the address that it is served on; of those there, the first to own a request answers it. */
export async function createServices({ control, throttle, now }: ServicesOptions) {
  const tokens = await createTokens(now);
  const arm = { tokens, throttle, audiences: azureAudiences, providers: [azureStack, ...builtInProviders] };
  const resourceManager = [createRegistrations(arm), createArm(arm)];
  const entra = createEntra({ tokens, services: resourceManager });
  return { azure: [control, entra, ...resourceManager] };
}

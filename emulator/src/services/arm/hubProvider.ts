import type { Service } from "../../pipeline/service.ts";
import type { Hub } from "../../store/hubs.ts";
import type { ResourceProvider } from "./providers.ts";
import type { ArmOptions } from "./service.ts";

/** The Azure Resource Manager of one endpoint of a Hub, and the Hub. */
export interface HubArmOptions extends ArmOptions {
  readonly hub: Hub;
}

/** A resource provider behind an endpoint of Hubs: what ARM has to know of it, and the service that answers for it. */
export interface HubProvider {
  readonly describe: (hub: Hub) => ResourceProvider;
  readonly create: (options: HubArmOptions) => Service;
}

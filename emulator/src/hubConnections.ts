import { hubAudience } from "./services/arm/hubEnvironment.ts";
import type { OriginName } from "./services/createServices.ts";
import type { DirectoryStore } from "./store/directories.ts";
import type { Hub } from "./store/hubs.ts";
import type { WorldStore } from "./store/store.ts";
import type { HubUsage } from "./usage/createUsage.ts";
import { formatUtc } from "./usage/hours.ts";

/** An application that signs in to the directory of an endpoint, where the emulator's own cannot. */
interface OwnCredential {
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** An endpoint of a Hub, and what tokens for it are asked for. */
interface EndpointConnection extends OwnCredential {
  /** Its address, without a trailing slash. */
  readonly resourceManager: string;
  readonly audience: string;
}

/** What the usage of a Hub spans, to ask for it. */
interface UsageConnection {
  /** The first hour in which usage was reported, in ISO 8601; null where there is none. */
  readonly firstReported: string | null;
  /** The end of the last hour in which usage was reported, as it was at the start. */
  readonly lastReported: string | null;
  /** A deleted local subscription that has usage. */
  readonly deletedSubscriptionId: string | null;
}

/** How to reach a Hub, as its operator and as one of its users. */
export interface HubConnection {
  readonly name: string;
  readonly region: string;
  /** The operator's directory. */
  readonly homeTenantId: string;
  /** The subscription is the Default Provider Subscription. */
  readonly admin: EndpointConnection & { readonly subscriptionId: string };
  /** The first local subscription that is enabled, and its directory; both empty where there is none. */
  readonly user: EndpointConnection & { readonly tenantId: string; readonly subscriptionId: string };
  readonly usage: UsageConnection;
}

/** The Hubs of a world on the addresses that they are served on. */
export function describeHubs(
  { hubs, directories, usage }: WorldStore,
  addressOf: (name: OriginName) => string,
): readonly HubConnection[] {
  return hubs.map((hub) => {
    const { name, region, homeTenantId, providerSubscriptionId, localSubscriptions } = hub;
    const reach = (endpoint: "admin" | "user") => ({
      resourceManager: addressOf(`${endpoint} of ${name}`),
      audience: hubAudience(hub, endpoint, directories),
    });
    const first = localSubscriptions.list().find(({ state = "Enabled" }) => state === "Enabled");
    const tenantId = first?.tenantId ?? "";
    return {
      name,
      region,
      homeTenantId,
      admin: {
        ...reach("admin"),
        subscriptionId: providerSubscriptionId,
        ...ownCredential(directories, homeTenantId),
      },
      user: {
        ...reach("user"),
        tenantId,
        subscriptionId: first?.subscriptionId ?? "",
        ...ownCredential(directories, tenantId),
      },
      usage: describeUsage(hub, usage.of(name)),
    };
  });
}

/** The first application that signs in to the directory, unless it is the world's first, which stands beside the Hubs. */
function ownCredential(directories: DirectoryStore, tenantId: string): OwnCredential {
  const directory = directories.find(tenantId);
  const all = directories.list().flatMap(({ applications = [] }) => applications);
  const fit = all.find(
    ({ clientId }) => directory && directories.findServicePrincipal(directory, clientId).kind === "found",
  );
  return fit === undefined || fit === all[0] ? {} : { clientId: fit.clientId, clientSecret: fit.clientSecret };
}

function describeUsage({ localSubscriptions }: Hub, usage: HubUsage | undefined): UsageConnection {
  const deleted = localSubscriptions
    .list()
    .find(
      ({ subscriptionId, state }) => state === "Deleted" && usage?.subscriptionIds.has(subscriptionId.toLowerCase()),
    );
  return {
    firstReported: usage?.reported ? formatUtc(usage.reported.first) : null,
    lastReported: usage?.reported ? formatUtc(usage.reported.end) : null,
    deletedSubscriptionId: deleted?.subscriptionId ?? null,
  };
}

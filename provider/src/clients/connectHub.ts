import { ProviderError } from "../domain/errors/providerError.ts";
import { endpointOf, type HubAccess, isHubEndpoint } from "../domain/hub.ts";
import { createUsagePageReader } from "../domain/usage/createUsagePageReader.ts";
import { credentialPrefixProblem, withoutUser } from "../domain/validators.ts";
import { createDirectoryCredentials } from "./access/directoryCredentials.ts";
import type { Environment } from "./access/environment.ts";
import { readHubSettings } from "./access/hubSettings.ts";
import { createArmTransport } from "./arm/armTransport.ts";
import { type ConnectionOptions, connect, warnOfExemptions } from "./connection.ts";
import { createArmHubClient } from "./hub/armHubClient.ts";
import { readCaFile } from "./hub/caFile.ts";
import type { HubClient } from "./hub/hubClient.ts";
import { readHubMetadata } from "./hub/hubMetadata.ts";
import { createHubService } from "./hub/hubService.ts";
import { createWire } from "./wire/wire.ts";

/** What the client of a Hub takes besides the environment. */
export interface HubClientOptions extends ConnectionOptions {
  /** The subscription that the Hub is asked by; by default the Default Provider Subscription, or the user's only one. */
  readonly subscriptionId?: string | undefined;
}

/** Nothing on a Hub is changed yet, so there is nothing to note. */
const NO_CHANGES = { open: async () => {}, observe: () => {} };

/**
 * Connects the client of one endpoint of a Hub, as the environment says.
 *
 * Nothing is sent before the first question. Then the endpoint itself says where one signs in and for which audience.
 *
 * @param hub - its endpoint, credential and authority; `caFile` is a path from the working folder.
 * @throws ProviderError `CSP_HUB_ENDPOINT`, `CSP_HUB_ENDPOINTS`, `CSP_CREDENTIAL_PREFIX`; where the environment names no usable credential for it, or its `caFile` cannot be used.
 */
export function createHubClient(env: Environment, hub: HubAccess, options: HubClientOptions = {}): HubClient {
  requireFit(hub);
  const { kind, endpoint } = endpointOf(hub);
  const settings = readHubSettings(env, endpoint, hub.credentialPrefix);
  const authorities = hub.caFile === undefined ? undefined : readCaFile(hub.caFile, endpoint);
  warnOfExemptions(settings.proxy, options.say);
  const connection = connect(settings, { ...options, changeLog: NO_CHANGES, authorities });
  // Nobody signs what is asked before it is known who signs in.
  const unsigned = createWire(createHubService({ endpoint, audience: endpoint }), connection);
  return createArmHubClient({
    kind,
    endpoint,
    subscriptionId: options.subscriptionId,
    readPage: createUsagePageReader(),
    discover: () => readHubMetadata({ wire: unsigned, endpoint, isTrusted: settings.isTrusted }),
    connect(metadata) {
      const credential = createDirectoryCredentials({ settings: settings.signIn(metadata), ...connection });
      const wire = createWire(createHubService({ endpoint, audience: metadata.audience }), connection);
      // All subscriptions of a Hub are reached with a token of the directory that the credential names.
      return createArmTransport({ wire, endpoint, credential, directoryOf: async () => undefined });
    },
  });
}

/** What programs hand over was not judged, as lists are; a token must not go anywhere in clear. */
function requireFit({ adminEndpoint, userEndpoint, credentialPrefix }: HubAccess): void {
  const given = [adminEndpoint, userEndpoint].filter((each) => each !== undefined);
  const [endpoint] = given;
  if (endpoint === undefined || given.length > 1) {
    throw new ProviderError("CSP_HUB_ENDPOINTS", {
      property: "hub",
      given: endpoint === undefined ? "neither" : "both",
    });
  }
  if (!isHubEndpoint(endpoint)) {
    const property = adminEndpoint === undefined ? "hub.userEndpoint" : "hub.adminEndpoint";
    throw new ProviderError("CSP_HUB_ENDPOINT", { property, value: withoutUser(endpoint) });
  }
  if (credentialPrefix !== undefined && credentialPrefixProblem("hub.credentialPrefix", credentialPrefix)) {
    throw new ProviderError("CSP_CREDENTIAL_PREFIX", { property: "hub.credentialPrefix", value: credentialPrefix });
  }
}

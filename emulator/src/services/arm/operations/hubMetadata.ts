import type { Exchange } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { Hub } from "../../../store/hubs.ts";
import { missingApiVersion, unsupportedApiVersion } from "../errors.ts";
import type { ArmOperation } from "../exchange.ts";

const flatVersions = ["2015-11-01", "2015-01-01", "1.0"];
const versions = ["2022-09-01", "2020-06-01", ...flatVersions];

/**
 * How a client finds out where a Hub's tokens come from and what they are asked for.
 *
 * Neither shape tells the operator's endpoint from the users': samples of the manual show the portals of one on the
 * other, so that no client may go by them.
 */
export function hubMetadataOperations(hub: Hub, audience: string): readonly ArmOperation[] {
  return [
    {
      name: "Metadata_Endpoints",
      method: "GET",
      path: "/metadata/endpoints",
      kind: "metadata",
      apiVersions: "none",
      anonymous: true,
      handle: (exchange) => getEndpoints(exchange, hub, audience),
    },
  ];
}

function getEndpoints(exchange: Exchange, hub: Hub, audience: string): EmulatorResponse {
  const { origin, address } = exchange.request;
  const version = address.query.get("api-version");
  if (!version) return missingApiVersion();
  if (!versions.includes(version)) return unsupportedApiVersion(version, versions);
  const isAdfs = hub.identityProvider === "adfs";
  const authority = exchange.context.authority();
  const authentication = { loginEndpoint: isAdfs ? `${authority}/adfs` : `${authority}/`, audiences: [audience] };
  if (flatVersions.includes(version)) {
    const [gallery, graph, portal] = [`${origin}/`, `${origin}/`, `${origin}/`];
    return json(200, { galleryEndpoint: gallery, graphEndpoint: graph, portalEndpoint: portal, authentication });
  }
  const environment = {
    name: `AzureStack-${hub.region}-${hub.cloudId}`,
    resourceManager: `${origin}/`,
    portal: `${origin}/`,
    gallery: `${origin}/`,
    graph: `${origin}/`,
    graphAudience: `${origin}/`,
    microsoftGraphResourceId: `${origin}/`,
    authentication: {
      ...authentication,
      tenant: isAdfs ? "adfs" : hub.homeTenantId,
      identityProvider: isAdfs ? "ADFS" : "AAD",
    },
    suffixes: {
      storage: `${hub.region}.azurestack.external`,
      keyVaultDns: `vault.${hub.region}.azurestack.external`,
    },
  };
  return json(200, version === "2020-06-01" ? [environment] : environment);
}

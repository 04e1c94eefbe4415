import type { Exchange } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { ArmOperation } from "../exchange.ts";

/** How a client finds out where this cloud signs in and what it calls its services. */
export const metadataOperations: readonly ArmOperation[] = [
  {
    name: "Metadata_Endpoints",
    method: "GET",
    path: "/metadata/endpoints",
    kind: "metadata",
    apiVersions: "none",
    anonymous: true,
    handle: getEndpoints,
  },
];

function getEndpoints({ request }: Exchange): EmulatorResponse {
  const { address, origin } = request;
  const version = address.query.get("api-version") ?? "";
  const audiences = ["https://management.core.windows.net/", "https://management.azure.com/"];
  if (version < "2018-01-01") return json(200, stampMetadata(origin, audiences));
  const cloud = cloudMetadata(origin, audiences);
  // These two versions answer with all clouds in an array; the later ones with the one that was asked.
  return json(200, version === "2019-05-01" || version === "2020-06-01" ? [cloud] : cloud);
}

function stampMetadata(origin: string, audiences: readonly string[]) {
  return {
    galleryEndpoint: `${origin}/`,
    graphEndpoint: `${origin}/`,
    portalEndpoint: `${origin}/`,
    authentication: { loginEndpoint: `${origin}/`, audiences },
  };
}

function cloudMetadata(origin: string, audiences: readonly string[]) {
  return {
    name: "AzureStackCspEmulator",
    resourceManager: `${origin}/`,
    portal: `${origin}/`,
    gallery: `${origin}/`,
    graph: `${origin}/`,
    graphAudience: `${origin}/`,
    microsoftGraphResourceId: `${origin}/`,
    activeDirectoryDataLake: "https://datalake.azure.net/",
    batch: "https://batch.core.windows.net/",
    media: "https://rest.media.azure.net",
    sqlManagement: `${origin}/`,
    vmImageAliasDoc: `${origin}/`,
    authentication: { loginEndpoint: origin, audiences, tenant: "common", identityProvider: "AAD" },
    suffixes: {
      storage: "core.windows.net",
      keyVaultDns: "vault.azure.net",
      sqlServerHostname: "database.windows.net",
      acrLoginServer: "azurecr.io",
    },
  };
}

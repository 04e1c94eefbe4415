import { type Exchange, type Operation, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../pipeline/http.ts";
import { isAdfs } from "./adfs.ts";
import { signInError } from "./errors.ts";
import type { Tokens } from "./tokens.ts";

const common = { kind: "metadata", method: "GET" } as const;

/** What clients read of a directory before they sign in to it, and the key that its tokens are signed with. */
export function metadataOperations({ publicKey }: Tokens): readonly Operation[] {
  return [
    {
      ...common,
      name: "OpenIdMetadata_Get",
      path: "/{tenant}/v2.0/.well-known/openid-configuration",
      handle: getMetadata,
    },
    {
      ...common,
      name: "OpenIdMetadata_GetV1",
      path: "/{tenant}/.well-known/openid-configuration",
      handle: (exchange) => (isAdfs(parameter(exchange, "tenant")) ? getAdfsMetadata(exchange) : getMetadata(exchange)),
    },
    {
      ...common,
      name: "Keys_List",
      path: "/{tenant}/discovery/v2.0/keys",
      handle: () => json(200, { keys: [publicKey] }),
    },
    { ...common, name: "InstanceDiscovery_Get", path: "/common/discovery/instance", handle: getInstance },
  ];
}

/** Names that stand for no directory in particular; `az logout` asks for the metadata of one. */
const placeholders = new Set(["common", "organizations", "consumers"]);

function getMetadata(exchange: Exchange): EmulatorResponse {
  const { context, request } = exchange;
  const tenant = parameter(exchange, "tenant");
  const directory = context.store.directories.find(tenant);
  if (!directory && !placeholders.has(tenant.toLowerCase())) return signInError(exchange, "tenantUnknown", tenant);
  const base = `${request.origin}/${directory?.tenantId ?? tenant}`;
  return json(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token"],
    scopes_supported: ["openid"],
    issuer: `${request.origin}/${directory?.tenantId ?? "{tenantid}"}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    tenant_region_scope: "EU",
    cloud_instance_name: "microsoftonline.com",
  });
}

/** AD FS' document: one directory, the older token endpoint, and nothing of v2. */
function getAdfsMetadata({ request }: Exchange): EmulatorResponse {
  const base = `${request.origin}/adfs`;
  return json(200, {
    issuer: base,
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    response_types_supported: ["code", "id_token"],
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    scopes_supported: ["openid"],
    id_token_signing_alg_values_supported: ["RS256"],
    access_token_issuer: base,
  });
}

function getInstance({ request }: Exchange): EmulatorResponse {
  const host = new URL(request.origin).host;
  return json(200, {
    tenant_discovery_endpoint: `${request.origin}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

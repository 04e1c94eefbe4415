import { type Exchange, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../pipeline/http.ts";
import type { Operation } from "../../pipeline/router.ts";
import type { Directory } from "../../world/world.ts";
import { audienceOfScope, isKnownResource } from "./audiences.ts";
import { checkAssertion } from "./clientAssertion.ts";
import { type SignInRefusal, signInError } from "./errors.ts";
import { TOKEN_LIFETIME_IN_SECONDS } from "./tokens.ts";

const open = { apiVersions: "none", anonymous: true } as const;
const METADATA = "/{tenant}/v2.0/.well-known/openid-configuration";

/** Microsoft Entra's part: sign-in metadata and access tokens for applications. */
export const signInOperations: readonly Operation[] = [
  { ...open, name: "OpenIdMetadata_Get", method: "GET", path: METADATA, handle: getMetadata },
  {
    ...open,
    name: "OpenIdMetadata_GetV1",
    method: "GET",
    path: "/{tenant}/.well-known/openid-configuration",
    handle: getMetadata,
  },
  { ...open, name: "Keys_List", method: "GET", path: "/{tenant}/discovery/v2.0/keys", handle: getKeys },
  { ...open, name: "InstanceDiscovery_Get", method: "GET", path: "/common/discovery/instance", handle: getInstance },
  { ...open, name: "Token_Issue", method: "POST", path: "/{tenant}/oauth2/v2.0/token", handle: issueV2 },
  { ...open, name: "Token_Issue", method: "POST", path: "/{tenant}/oauth2/token", handle: issueV1 },
];

/** Names that stand for no directory in particular; `az logout` asks for the metadata of one. */
const placeholders = new Set(["common", "organizations", "consumers"]);

function getMetadata(exchange: Exchange): EmulatorResponse {
  const { services } = exchange;
  const tenant = parameter(exchange, "tenant");
  const directory = services.store.directories.find(tenant);
  if (!directory && !placeholders.has(tenant.toLowerCase())) return signInError(exchange, "tenantUnknown", tenant);
  const base = `${services.origin()}/${directory?.tenantId ?? tenant}`;
  return json(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token"],
    scopes_supported: ["openid"],
    issuer: `${services.origin()}/${directory?.tenantId ?? "{tenantid}"}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    tenant_region_scope: "EU",
    cloud_instance_name: "microsoftonline.com",
  });
}

function getKeys({ services }: Exchange): EmulatorResponse {
  return json(200, { keys: [services.tokens.publicKey] });
}

function getInstance({ services }: Exchange): EmulatorResponse {
  const host = new URL(services.origin()).host;
  return json(200, {
    tenant_discovery_endpoint: `${services.origin()}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

function issueV2(exchange: Exchange): EmulatorResponse {
  const form = new URLSearchParams(exchange.request.body);
  const grant = signIn(exchange, form, "scope");
  if (grant.kind === "refused") return grant.response;
  return json(200, {
    token_type: "Bearer",
    expires_in: TOKEN_LIFETIME_IN_SECONDS,
    ext_expires_in: TOKEN_LIFETIME_IN_SECONDS,
    access_token: grant.token,
  });
}

/** The older endpoint, whose numbers are texts. */
function issueV1(exchange: Exchange): EmulatorResponse {
  const form = new URLSearchParams(exchange.request.body);
  const grant = signIn(exchange, form, "resource");
  if (grant.kind === "refused") return grant.response;
  const now = Math.floor(exchange.services.now().getTime() / 1000);
  return json(200, {
    token_type: "Bearer",
    expires_in: String(TOKEN_LIFETIME_IN_SECONDS),
    ext_expires_in: String(TOKEN_LIFETIME_IN_SECONDS),
    expires_on: String(now + TOKEN_LIFETIME_IN_SECONDS),
    not_before: String(now),
    resource: grant.audience,
    access_token: grant.token,
  });
}

type Grant =
  | { readonly kind: "granted"; readonly token: string; readonly audience: string }
  | { readonly kind: "refused"; readonly response: EmulatorResponse };

/** Signs an application in; `field` names the one that says what the token is for. */
function signIn(exchange: Exchange, form: URLSearchParams, field: "scope" | "resource"): Grant {
  const { services } = exchange;
  const tenant = parameter(exchange, "tenant");
  const refuse = (reason: SignInRefusal, ...values: readonly string[]): Grant => ({
    kind: "refused",
    response: signInError(exchange, reason, ...values),
  });
  const directory = services.store.directories.find(tenant);
  if (!directory) return refuse("tenantUnknown", tenant);
  const missing = ["grant_type", "client_id", field].find((name) => !form.has(name));
  if (missing !== undefined) return refuse("parameterMissing", missing);
  if (form.get("grant_type") !== "client_credentials") return refuse("grantUnsupported", form.get("grant_type") ?? "");
  const clientId = form.get("client_id") ?? "";
  const found = services.store.directories.findServicePrincipal(directory, clientId);
  if (found.kind === "applicationUnknown") return refuse("applicationUnknown", clientId, nameOf(directory));
  const secret = form.get("client_secret");
  const assertion = form.get("client_assertion");
  if (secret === null && assertion === null) return refuse("credentialMissing", clientId);
  if (secret !== null && secret !== found.application.clientSecret) return refuse("secretWrong", clientId);
  if (secret === null && assertion !== null) {
    const verdict = checkAssertion({ assertion, origin: services.origin(), now: services.now() });
    if (verdict !== "accepted") return refuse(verdict, clientId);
  }
  const asked = form.get(field) ?? "";
  if (asked === "") return refuse("fieldMissing", field);
  const audience = field === "scope" ? audienceOfScope(asked) : asked;
  if (audience === undefined) return refuse("scopeNotDefault", asked);
  if (!isKnownResource(audience)) return refuse("resourceUnknown", audience, nameOf(directory));
  return { kind: "granted", token: services.tokens.issue(found.principal, audience), audience };
}

function nameOf({ displayName, tenantId }: Directory): string {
  return displayName ?? tenantId;
}

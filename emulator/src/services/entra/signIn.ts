import { type Exchange, type Operation, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../pipeline/http.ts";
import type { Service } from "../../pipeline/service.ts";
import type { Directory } from "../../store/directories.ts";
import { adfsDirectory, isAdfs, isOfStamp, type Stamp } from "./adfs.ts";
import { audienceOfScope, isKnownAudience } from "./audiences.ts";
import { checkAssertion } from "./clientAssertion.ts";
import { type SignInRefusal, signInError } from "./errors.ts";
import { TOKEN_LIFETIME_IN_SECONDS, type Tokens } from "./tokens.ts";

/** Who issues tokens, and what for. */
export interface Authority {
  readonly tokens: Tokens;
  /** All that take tokens of Entra's directories, on whichever address. */
  readonly services: readonly Service[];
  /** The Hubs that bring a directory of their own, which the path `adfs` stands for. */
  readonly stamps: readonly Stamp[];
}

/** Access tokens for applications, by both generations of the endpoint. */
export function signInOperations(authority: Authority): readonly Operation[] {
  const common = { name: "Token_Issue", kind: "token", method: "POST" } as const;
  return [
    { ...common, path: "/{tenant}/oauth2/v2.0/token", handle: (exchange) => issueV2(exchange, authority) },
    { ...common, path: "/{tenant}/oauth2/token", handle: (exchange) => issueV1(exchange, authority) },
  ];
}

function issueV2(exchange: Exchange, authority: Authority): EmulatorResponse {
  if (isAdfs(parameter(exchange, "tenant"))) return empty(404);
  const grant = signIn(exchange, authority, "scope");
  if (grant.kind === "refused") return grant.response;
  return json(200, {
    token_type: "Bearer",
    expires_in: TOKEN_LIFETIME_IN_SECONDS,
    ext_expires_in: TOKEN_LIFETIME_IN_SECONDS,
    access_token: grant.token,
  });
}

/** The older endpoint, whose numbers are texts. */
function issueV1(exchange: Exchange, authority: Authority): EmulatorResponse {
  // MSAL asks AD FS for a scope, and older clients for a resource.
  const asksForScope =
    isAdfs(parameter(exchange, "tenant")) && !new URLSearchParams(exchange.request.body).has("resource");
  const grant = signIn(exchange, authority, asksForScope ? "scope" : "resource");
  if (grant.kind === "refused") return grant.response;
  const now = Math.floor(exchange.context.now().getTime() / 1000);
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
function signIn(exchange: Exchange, { tokens, services, stamps }: Authority, field: "scope" | "resource"): Grant {
  const { context, request } = exchange;
  const { directories } = context.store;
  const form = new URLSearchParams(request.body);
  const tenant = parameter(exchange, "tenant");
  const refuse = (reason: SignInRefusal, ...values: readonly string[]): Grant => ({
    kind: "refused",
    response: signInError(exchange, reason, ...values),
  });
  const asked = form.get(field) ?? "";
  const audience = field === "scope" ? audienceOfScope(asked) : asked;
  const stamp = isAdfs(tenant) ? adfsDirectory(stamps, audience) : undefined;
  const directory = directories.find(stamp?.tenantId ?? tenant);
  if (!directory) return refuse("tenantUnknown", tenant);
  const missing = ["grant_type", "client_id", field].find((name) => !form.has(name));
  if (missing !== undefined) return refuse("parameterMissing", missing);
  if (form.get("grant_type") !== "client_credentials") return refuse("grantUnsupported", form.get("grant_type") ?? "");
  const clientId = form.get("client_id") ?? "";
  const found = directories.findServicePrincipal(directory, clientId);
  if (found.kind === "applicationUnknown") return refuse("applicationUnknown", clientId, directoryNameOf(directory));
  const secret = form.get("client_secret");
  const assertion = form.get("client_assertion");
  if (secret === null && assertion === null) return refuse("credentialMissing", clientId);
  if (secret !== null && secret !== found.application.clientSecret) return refuse("secretWrong", clientId);
  if (secret === null && assertion !== null) {
    const verdict = checkAssertion({ assertion, origin: request.origin, now: context.now() });
    if (verdict !== "accepted") return refuse(verdict, clientId);
  }
  if (asked === "") return refuse("fieldMissing", field);
  if (audience === undefined) return refuse("scopeNotDefault", asked);
  const isKnown = stamp ? isOfStamp(stamp, audience) : isKnownAudience(audience, services);
  if (!isKnown) return refuse("resourceUnknown", audience, directoryNameOf(directory));
  return { kind: "granted", token: tokens.issue(found.principal, audience), audience };
}

function directoryNameOf({ displayName, tenantId }: Directory): string {
  return displayName ?? tenantId;
}

import type { Exchange } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../pipeline/http.ts";

interface Wording {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly text: (...values: readonly string[]) => string;
}

/** Why sign-in is refused, with Entra's codes. */
const refusals = {
  tenantUnknown: {
    status: 400,
    error: "invalid_tenant",
    code: 90002,
    text: (tenant = "") =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  },
  grantUnsupported: {
    status: 400,
    error: "unsupported_grant_type",
    code: 70003,
    text: (grant = "") => `The app requested an unsupported grant type '${grant}'.`,
  },
  applicationUnknown: {
    status: 400,
    error: "unauthorized_client",
    code: 700016,
    text: (clientId = "", directory = "") =>
      `Application with identifier '${clientId}' was not found in the directory '${directory}'.`,
  },
  credentialMissing: {
    status: 401,
    error: "invalid_client",
    code: 7000218,
    text: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  secretWrong: {
    status: 401,
    error: "invalid_client",
    code: 7000215,
    text: (clientId = "") =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  },
  assertionMalformed: {
    status: 401,
    error: "invalid_client",
    code: 50027,
    text: () => "JWT token is invalid or malformed.",
  },
  assertionAudience: {
    status: 401,
    error: "invalid_client",
    code: 700212,
    text: () => "No matching federated identity record found for presented assertion audience.",
  },
  assertionExpired: {
    status: 401,
    error: "invalid_client",
    code: 700024,
    text: () => "Client assertion is not within its valid time range.",
  },
  methodUnsupported: {
    status: 400,
    error: "invalid_request",
    code: 900561,
    text: (allowed = "", method = "") => `The endpoint only accepts ${allowed} requests. Received a ${method} request.`,
  },
  parameterMissing: {
    status: 400,
    error: "invalid_request",
    code: 900144,
    text: (name = "") => `The request body must contain the following parameter: '${name}'.`,
  },
  fieldMissing: {
    status: 400,
    error: "invalid_request",
    code: 90014,
    text: (field = "") =>
      `The required field '${field}' is missing from the credential. Ensure that you have all the necessary parameters for the login request.`,
  },
  scopeNotDefault: {
    status: 400,
    error: "invalid_scope",
    code: 1002012,
    text: (scope = "") =>
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  },
  resourceUnknown: {
    status: 400,
    error: "invalid_resource",
    code: 500011,
    text: (resource = "", directory = "") =>
      `The resource principal named ${resource} was not found in the tenant named ${directory}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  },
} as const satisfies Record<string, Wording>;

/** A reason to refuse a sign-in. */
export type SignInRefusal = keyof typeof refusals;

/** Entra's answer to a sign-in that it refuses. */
export function signInError(exchange: Exchange, reason: SignInRefusal, ...values: readonly string[]): EmulatorResponse {
  const { context, correlationId } = exchange;
  const { status, error, code, text }: Wording = refusals[reason];
  const timestamp = context.now().toISOString().replace("T", " ").replace(/\.\d+/, "");
  const traceId = context.newId();
  return json(status, {
    error,
    error_description: `AADSTS${code}: ${text(...values)} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  });
}

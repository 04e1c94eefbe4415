import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { parseObject } from "../../domain/json.ts";
import { isPassing } from "../wire/answer.ts";
import { loadPipeline } from "../wire/http/azurePackages.ts";

/** How long a job's service may take to answer. */
const ANSWER_TIMEOUT_IN_MS = 30_000;

/** Where a job asks for its OIDC token, and what it asks with. */
interface JobRequest {
  /** The directory that the token is for, for errors. */
  readonly tenantId: string;
  readonly requestUrl: string;
  readonly requestToken: string;
}

/** A request for a token, and how its answer is read. */
interface TokenRequest {
  /** Whose token it is. */
  readonly service: "GitHub" | "Azure DevOps";
  readonly request: PipelineRequest;
  /** The member of the answer that holds the token. */
  readonly member: string;
}

/**
 * Fetches a workflow's OIDC token from GitHub, with the audience that the federated credential expects.
 *
 * Source: GitHub documentation, "OpenID Connect reference": the address and its own token come with the job, and the
 * answer holds the token as `value`.
 *
 * @throws ProviderError `CSP_CREDENTIAL_REFUSED` where GitHub gives none, `CSP_UNREACHABLE` where it is busy or down.
 */
export async function fetchGitHubToken(
  options: JobRequest & { readonly audience: string },
  httpClient: HttpClient,
): Promise<string> {
  const url = new URL(options.requestUrl);
  url.searchParams.set("audience", options.audience);
  const request = requestOf(options, { method: "GET", url, headers: {} });
  return await fetchToken({ service: "GitHub", request, member: "value" }, options, httpClient);
}

/**
 * Fetches the OIDC token of a service connection from Azure DevOps, whose audience is for Azure DevOps to choose.
 *
 * Source: `AzurePipelinesCredential` of `@azure/identity`, and learn.microsoft.com, Azure DevOps REST API, "Oidctoken -
 * Create": a POST at version 7.1 that names the service connection; the answer holds the token as `oidcToken`. Without
 * the header that suppresses it, a refusal is a redirect to a page that signs people in.
 *
 * @throws ProviderError `CSP_CREDENTIAL_REFUSED` where Azure DevOps gives none, `CSP_UNREACHABLE` where it is busy or down.
 */
export async function fetchAzureDevOpsToken(
  options: JobRequest & { readonly serviceConnectionId: string },
  httpClient: HttpClient,
): Promise<string> {
  const url = new URL(options.requestUrl);
  url.searchParams.set("api-version", "7.1");
  url.searchParams.set("serviceConnectionId", options.serviceConnectionId);
  const headers = { "content-type": "application/json", "x-tfs-fedauthredirect": "Suppress" };
  const request = requestOf(options, { method: "POST", url, headers });
  return await fetchToken({ service: "Azure DevOps", request, member: "oidcToken" }, options, httpClient);
}

function requestOf(
  { requestToken }: JobRequest,
  { method, url, headers }: { method: "GET" | "POST"; url: URL; headers: Record<string, string> },
): PipelineRequest {
  const { createHttpHeaders, createPipelineRequest } = loadPipeline();
  const all = { accept: "application/json", authorization: `Bearer ${requestToken}`, ...headers };
  return createPipelineRequest({
    method,
    url: url.href,
    headers: createHttpHeaders(all),
    timeout: ANSWER_TIMEOUT_IN_MS,
  });
}

async function fetchToken(
  { service, request, member }: TokenRequest,
  { tenantId }: JobRequest,
  httpClient: HttpClient,
): Promise<string> {
  const { status, bodyAsText } = await httpClient.sendRequest(request);
  const token = parseObject(bodyAsText ?? "")?.[member];
  if (status === 200 && typeof token === "string" && token !== "") return token;
  if (isPassing(status)) {
    const { host } = new URL(request.url);
    throw new ProviderError("CSP_UNREACHABLE", { host, reason: `it answered with status ${status}` });
  }
  throw new ProviderError("CSP_CREDENTIAL_REFUSED", {
    directory: tenantId,
    credential: `${service === "GitHub" ? "GitHub's" : "Azure DevOps'"} OIDC token`,
    reason: `${service} gave no token (status ${status})`,
  });
}

import type { HttpClient } from "@azure/core-rest-pipeline";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { isPassing } from "../wire/answer.ts";
import { loadPipeline } from "../wire/http/azurePackages.ts";
import { parseObject } from "../wire/json.ts";

/** How long GitHub may take to answer. */
const ANSWER_TIMEOUT_IN_MS = 30_000;

/** The audience that Entra ID expects of a federated token. */
const AUDIENCE = "api://AzureADTokenExchange";

/**
 * Fetches a workflow's OIDC token from GitHub.
 *
 * Source: GitHub documentation, "OpenID Connect reference": the address and its own token come with the job, and the
 * answer holds the token as `value`.
 *
 * @throws ProviderError `CSP_CREDENTIAL_REFUSED` where GitHub gives none, `CSP_UNREACHABLE` where it is busy or down.
 */
export async function fetchGitHubToken(
  options: { readonly tenantId: string; readonly requestUrl: string; readonly requestToken: string },
  httpClient: HttpClient,
): Promise<string> {
  const { createHttpHeaders, createPipelineRequest } = loadPipeline();
  const url = new URL(options.requestUrl);
  url.searchParams.set("audience", AUDIENCE);
  const headers = createHttpHeaders({ accept: "application/json", authorization: `Bearer ${options.requestToken}` });
  const request = createPipelineRequest({ method: "GET", url: url.href, headers, timeout: ANSWER_TIMEOUT_IN_MS });
  const response = await httpClient.sendRequest(request);
  const body = parseObject(response.bodyAsText ?? "");
  const { status } = response;
  if (status === 200 && typeof body?.value === "string" && body.value !== "") return body.value;
  if (isPassing(status)) {
    throw new ProviderError("CSP_UNREACHABLE", { host: url.host, reason: `it answered with status ${status}` });
  }
  throw new ProviderError("CSP_CREDENTIAL_REFUSED", {
    directory: options.tenantId,
    credential: "GitHub's OIDC token",
    reason: `GitHub gave no token (status ${status})`,
  });
}

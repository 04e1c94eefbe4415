import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, Pipeline, ProxySettings } from "@azure/core-rest-pipeline";
import { loadPipeline } from "./http/azurePackages.ts";
import type { RetryPolicy } from "./retryPolicy.ts";

/** What every pipeline and every client of Azure's SDKs is made with. */
export interface PipelineOptions {
  readonly userAgentOptions: { readonly userAgentPrefix: string };
  readonly proxyOptions?: ProxySettings;
}

/** What a client of Azure's SDKs is made with, so that its requests go the way of all others. */
export interface SdkClientOptions extends PipelineOptions {
  readonly httpClient: HttpClient;
}

/** What says who we are, and which proxy is taken where there is one. */
export function pipelineOptions(proxyOptions: ProxySettings | undefined): PipelineOptions {
  return { userAgentOptions: { userAgentPrefix: "azurestack-csp" }, ...(proxyOptions ? { proxyOptions } : {}) };
}

/** Makes a pipeline in which the credential signs requests for the audience, or nobody does. */
export function createPipeline(
  options: PipelineOptions,
  { credential, audience, retry }: { credential: TokenCredential | undefined; audience: string; retry: RetryPolicy },
): Pipeline {
  const { bearerTokenAuthenticationPolicy, createPipelineFromOptions } = loadPipeline();
  const pipeline = createPipelineFromOptions(options);
  if (credential) pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scopeOf(audience) }));
  adapt(pipeline, retry);
  return pipeline;
}

/** The scope by which a token for the audience is asked for. */
export function scopeOf(audience: string): string {
  return `${audience}/.default`;
}

/**
 * Puts our retries in the place of the SDK's, and the sign-in behind them, so that a request which waited for its turn
 * is signed when it leaves. A redirect is an answer that no service here gives; a token must not follow it.
 */
export function adapt(pipeline: Pipeline, retry: RetryPolicy): void {
  const { bearerTokenAuthenticationPolicyName, redirectPolicyName } = loadPipeline();
  pipeline.removePolicy({ phase: "Retry" });
  pipeline.removePolicy({ name: redirectPolicyName });
  const signing = pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  pipeline.addPolicy(retry.policy, { phase: "Retry" });
  for (const policy of signing) pipeline.addPolicy(policy, { phase: "Sign" });
}

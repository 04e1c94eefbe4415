import type { HttpClient, ProxySettings } from "@azure/core-rest-pipeline";
import { loadPipeline } from "../wire/azurePackages.ts";
import { connectionError, isCertificateFailure } from "../wire/connectionErrors.ts";
import type { RetryPolicy } from "../wire/retryPolicy.ts";
import { CORRELATION_HEADER, isPassing } from "./armAnswer.ts";
import { createAnonymousPipeline } from "./armTransport.ts";
import { directoryIn } from "./challenge.ts";

const SUBSCRIPTIONS_API_VERSION = "2022-12-01";

/** The answer is small and comes from ARM itself, so a slow one is a lost one. */
const ANSWER_TIMEOUT = 15_000;

/** What the look-up needs from outside. */
export interface DirectoriesDeps {
  readonly endpoint: string;
  readonly retry: RetryPolicy;
  readonly newId: () => string;
  readonly httpClient: () => Promise<HttpClient>;
  readonly abortSignal?: AbortSignal;
  readonly proxyOptions?: ProxySettings;
}

/**
 * Makes the look-up of a subscription's directory, remembered for each subscription.
 *
 * ARM answers a request without a token by a challenge that names the directory; a subscription that it does not know
 * gets none. Where ARM is not reached, or is busy, the answer is `undefined` too, but not remembered.
 *
 * @throws `CSP_CERTIFICATE_REFUSED`
 */
export function createDirectories(deps: DirectoriesDeps): (subscriptionId: string) => Promise<string | undefined> {
  const known = new Map<string, Promise<string | undefined>>();
  let pipeline: ReturnType<typeof createAnonymousPipeline> | undefined;

  async function ask(subscriptionId: string): Promise<string | undefined> {
    const core = loadPipeline();
    pipeline ??= createAnonymousPipeline(deps);
    const request = core.createPipelineRequest({
      method: "GET",
      url: `${deps.endpoint}/subscriptions/${encodeURIComponent(subscriptionId)}?api-version=${SUBSCRIPTIONS_API_VERSION}`,
      headers: core.createHttpHeaders({ accept: "application/json", [CORRELATION_HEADER]: deps.newId() }),
      timeout: ANSWER_TIMEOUT,
      ...(deps.abortSignal ? { abortSignal: deps.abortSignal } : {}),
    });
    const { status, headers } = await (await pipeline).sendRequest(await deps.httpClient(), request);
    // A busy gateway says nothing about the subscription, so that the next one to ask sends a request of its own.
    if (isPassing(status)) known.delete(subscriptionId);
    return status === 401 ? directoryIn(headers.get("www-authenticate")) : undefined;
  }

  return async (subscriptionId) => {
    const key = subscriptionId.toLowerCase();
    const asked = known.get(key) ?? ask(key);
    known.set(key, asked);
    try {
      return await asked;
    } catch (error) {
      known.delete(key);
      if (deps.abortSignal?.aborted) throw error;
      if (!isCertificateFailure(error)) return undefined;
      const request = `GET /subscriptions/${subscriptionId}`;
      throw connectionError({ error, host: new URL(deps.endpoint).host, request });
    }
  };
}

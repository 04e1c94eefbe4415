import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { ProviderError } from "../../domain/errors/providerError.ts";

/**
 * Makes the policy that keeps a token on the way to ARM, and a request within its time limit.
 *
 * The SDK follows the `Location` of a long-running operation by itself: to whatever host, and for as long as it takes.
 *
 * @param options.timeout - how long one attempt may take where the request does not say, in milliseconds.
 * @throws ProviderError `CSP_NOT_ARM` for another origin than the endpoint's, before anything is sent there.
 */
export function createOwnOriginPolicy(options: {
  readonly endpoint: string;
  readonly timeout: number;
}): PipelinePolicy {
  const { origin, host } = new URL(options.endpoint);
  return {
    name: "azurestackCspOwnOriginPolicy",
    async sendRequest(request, next) {
      const asked = new URL(request.url);
      if (asked.origin !== origin) {
        throw new ProviderError("CSP_NOT_ARM", { host, reason: `a link that leads to another host, ${asked.host}` });
      }
      request.timeout ||= options.timeout;
      return await next(request);
    },
  };
}

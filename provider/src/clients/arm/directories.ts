import { hasCode, isProviderError, ProviderError } from "../../domain/errors/providerError.ts";
import { isPassing } from "../wire/answer.ts";
import type { Wire } from "../wire/wire.ts";
import { directoryIn } from "./challenge.ts";

const SUBSCRIPTIONS_API_VERSION = "2022-12-01";

/** The answer is small and comes from ARM itself, so a slow one is a lost one. */
const ANSWER_TIMEOUT_IN_MS = 15_000;

/**
 * Makes the look-up of a subscription's directory, remembered for each subscription.
 *
 * ARM answers a request without a token by a challenge that names the directory; a subscription that it does not know
 * gets none. Where ARM is not reached, or is busy, the answer is `undefined` too, but not remembered.
 *
 * @param deps.endpoint - the resource manager's address, without a trailing slash.
 * @throws ProviderError `CSP_CERTIFICATE_REFUSED`
 */
export function createDirectories(deps: {
  readonly wire: Wire;
  readonly endpoint: string;
}): (subscriptionId: string) => Promise<string | undefined> {
  const { wire, endpoint } = deps;
  const known = new Map<string, Promise<string | undefined>>();
  const unsigned = wire.line();

  async function ask(subscriptionId: string): Promise<string | undefined> {
    const path = `subscriptions/${encodeURIComponent(subscriptionId)}?api-version=${SUBSCRIPTIONS_API_VERSION}`;
    const request = { method: "GET", url: `${endpoint}/${path}`, timeoutInMs: ANSWER_TIMEOUT_IN_MS } as const;
    const answer = await wire.send(unsigned, request);
    // A busy gateway says nothing about the subscription, so that the next one to ask sends a request of its own.
    if (isPassing(answer.status)) known.delete(subscriptionId);
    return answer.status === 401 ? directoryIn(answer.header("www-authenticate")) : undefined;
  }

  return async (subscriptionId) => {
    const key = subscriptionId.toLowerCase();
    const asked = known.get(key) ?? ask(key);
    known.set(key, asked);
    try {
      return await asked;
    } catch (error) {
      known.delete(key);
      if (!isProviderError(error)) throw error;
      if (!hasCode(error, "CSP_CERTIFICATE_REFUSED")) return undefined;
      // No request reached ARM under any correlation id.
      const answer = { request: `GET /subscriptions/${subscriptionId}` };
      throw new ProviderError("CSP_CERTIFICATE_REFUSED", error.details, { answer });
    }
  };
}

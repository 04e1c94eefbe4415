import { createSecureContext } from "node:tls";
import type { HttpClient, ProxySettings } from "@azure/core-rest-pipeline";
import { ProxyAgent } from "./proxyAgent.ts";
import type { TrustedAuthorities } from "./trustAlso.ts";

/** The proxy as Azure's SDK takes it. */
export function proxySettingsOf({ protocol, hostname, port, username, password }: URL): ProxySettings {
  const standard = protocol === "https:" ? 443 : 80;
  return {
    host: `${protocol}//${hostname}`,
    port: port === "" ? standard : Number(port),
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
  };
}

/**
 * Sends the requests of a client through a proxy, except those that are exempt.
 *
 * Azure's SDK reads the environment as well and gives requests an agent of its own, which has no say here.
 */
export function throughProxy(
  inner: () => Promise<HttpClient>,
  options: {
    readonly proxy: { readonly url: URL; readonly exempts: (url: URL) => boolean };
    readonly abortSignal?: AbortSignal | undefined;
    /** Trusted beside what the machine trusts, for the hosts that are meant. */
    readonly authorities?: TrustedAuthorities | undefined;
  },
): () => Promise<HttpClient> {
  const { proxy, abortSignal, authorities } = options;
  const agent = new ProxyAgent({ proxy: proxy.url, abortSignal });
  const secureContext = authorities && createSecureContext({ ca: [...authorities.ca] });
  const trusting = secureContext && new ProxyAgent({ proxy: proxy.url, abortSignal, secureContext });
  return async () => {
    const client = await inner();
    return {
      async sendRequest({ agent: _, ...request }) {
        const url = new URL(request.url);
        if (proxy.exempts(url)) return await client.sendRequest(request);
        return await client.sendRequest({
          ...request,
          agent: (authorities?.isMeant(url) ? trusting : undefined) ?? agent,
        });
      },
    };
  };
}

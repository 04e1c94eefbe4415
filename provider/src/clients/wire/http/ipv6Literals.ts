import type { HttpClient } from "@azure/core-rest-pipeline";

/**
 * Lets a client reach hosts that are named by an IPv6 address, `https://[::1]:8443`.
 *
 * The SDK hands the host on with its brackets, which Node looks up as a name that nobody has.
 */
export function reachIpv6Literals(inner: () => Promise<HttpClient>): () => Promise<HttpClient> {
  return async () => {
    const client = await inner();
    return {
      sendRequest(request) {
        const hostname = ipv6In(request.url);
        if (hostname === undefined) return client.sendRequest(request);
        const requestOverrides = { hostname, ...request.requestOverrides };
        return client.sendRequest({ ...request, requestOverrides });
      },
    };
  };
}

/** The IPv6 address of a URL, in its canonical form and without brackets. */
function ipv6In(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const [, address] = /^\[(.+)\]$/.exec(new URL(url).hostname) ?? [];
  return address;
}

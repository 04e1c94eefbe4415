import { Agent } from "node:https";
import { createSecureContext } from "node:tls";
import type { HttpClient } from "@azure/core-rest-pipeline";

/** Authorities whose certificates are trusted for some hosts. */
export interface TrustedAuthorities {
  /** All that are trusted there, in PEM: Node takes these in the place of the machine's own. */
  readonly ca: readonly string[];
  /** Whether the URL is on one of these hosts. */
  readonly isMeant: (url: URL) => boolean;
}

/** Lets a client trust more authorities on the hosts that they are meant for, and on no other. */
export function trustAlso(
  inner: () => Promise<HttpClient>,
  { ca, isMeant }: TrustedAuthorities,
): () => Promise<HttpClient> {
  // With `ca` itself, the agent would put all certificates into the name of each request's connection.
  const agent = new Agent({ keepAlive: true, secureContext: createSecureContext({ ca: [...ca] }) });
  return async () => {
    const client = await inner();
    return {
      async sendRequest(request) {
        // What goes through a proxy has an agent that trusts them already.
        const isOurs = request.agent === undefined && isMeant(new URL(request.url));
        return await client.sendRequest(isOurs ? { ...request, agent } : request);
      },
    };
  };
}

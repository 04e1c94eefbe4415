import type { HttpClient, PipelinePolicy, ProxySettings } from "@azure/core-rest-pipeline";
import { loadPipeline } from "./azurePackages.ts";
import { isExemptLiteral } from "./ipv6Literals.ts";
import { ProxyAgent } from "./proxyAgent.ts";

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
 * Sends the https requests of a client through a proxy, except those that `NO_PROXY` exempts; which ones, the SDK decides,
 * but for IPv6 addresses.
 */
export function throughProxy(
  inner: () => Promise<HttpClient>,
  { proxy, abortSignal }: { readonly proxy: URL; readonly abortSignal?: AbortSignal | undefined },
): () => Promise<HttpClient> {
  const agent = new ProxyAgent({ proxy, abortSignal });
  let policy: PipelinePolicy | undefined;
  return async () => {
    const client = await inner();
    const chosen = policy ?? loadPipeline().proxyPolicy(proxySettingsOf(proxy));
    policy = chosen;
    return {
      sendRequest: (request) =>
        chosen.sendRequest(request, (sent) => {
          const { agent: theirs, ...direct } = sent;
          if (theirs === undefined || isExemptLiteral(sent.url, noProxy())) return client.sendRequest(direct);
          return client.sendRequest(sent.url.startsWith("https:") ? { ...sent, agent } : sent);
        }),
    };
  };
}

/** The SDK reads it from the environment of the process, too. */
function noProxy(): string {
  return process.env.NO_PROXY || process.env.no_proxy || "";
}

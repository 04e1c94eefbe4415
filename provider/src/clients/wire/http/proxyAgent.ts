import { Buffer } from "node:buffer";
import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent, type AgentOptions, type RequestOptions, request as requestHttps } from "node:https";
import { isIPv6 } from "node:net";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect } from "node:tls";

/** How long a proxy may take to open a way. */
const CONNECT_TIMEOUT_IN_MS = 15_000;

/** How a proxy is reached. */
export interface ProxyAgentOptions extends AgentOptions {
  readonly proxy: URL;
  /** Ends what is being opened. */
  readonly abortSignal?: AbortSignal | undefined;
  /** How long the proxy may take to open a way; 15,000 by default. */
  readonly connectTimeoutInMs?: number;
}

/** What Node calls with the one or the other. */
type Connected = (error: Error | null, socket: Duplex) => void;

/**
 * An agent that reaches https hosts through a proxy (CONNECT, RFC 9110, 9.3.6) and keeps connections alive.
 *
 * The agent of the SDK waits without end for a proxy that stays silent, and passes a proxy's refusal on as if the host
 * had answered. Here a failure has a code that begins with `PROXY_`.
 */
export class ProxyAgent extends Agent {
  readonly #proxy: URL;
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutInMs: number;

  constructor({ proxy, abortSignal, connectTimeoutInMs = CONNECT_TIMEOUT_IN_MS, ...options }: ProxyAgentOptions) {
    super({ keepAlive: true, ...options });
    this.#proxy = proxy;
    this.#signal = abortSignal;
    this.#timeoutInMs = connectTimeoutInMs;
  }

  override createConnection(options: RequestOptions, connected?: Connected): undefined {
    const fail = connected as ((error: Error) => void) | undefined;
    const opening = this.#open(options);
    const timer = setTimeout(() => opening.destroy(coded("ETIMEDOUT")), this.#timeoutInMs);
    opening.once("close", () => clearTimeout(timer));
    opening.once("error", (error) => fail?.(proxyError("code" in error ? String(error.code) : "FAILED")));
    opening.once("connect", ({ statusCode }: IncomingMessage, socket: Duplex) => {
      clearTimeout(timer);
      if (statusCode === 200) return connected?.(null, connect({ ...options, socket } as ConnectionOptions));
      socket.destroy();
      fail?.(proxyError(`ANSWERED_${statusCode}`));
    });
    opening.end();
  }

  #open(destination: RequestOptions): ClientRequest {
    const host = destination.host ?? "";
    const port = destination.port ?? 443;
    const { protocol, hostname, port: proxyPort, username, password } = this.#proxy;
    const path = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const isSecure = protocol === "https:";
    return (isSecure ? requestHttps : requestHttp)({
      method: "CONNECT",
      host: hostname.replaceAll(/[[\]]/g, ""),
      port: proxyPort === "" ? (isSecure ? 443 : 80) : proxyPort,
      path,
      headers: {
        host: path,
        ...(user === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` }),
      },
      agent: false,
      ...(this.#signal ? { signal: this.#signal } : {}),
    });
  }
}

/** Only the code reaches whoever asked, and must tell a proxy that fails from a host that does. */
function proxyError(code: string): Error {
  return coded(`PROXY_${code}`);
}

function coded(code: string): Error {
  return Object.assign(new Error(`The proxy failed (${code}).`), { code });
}

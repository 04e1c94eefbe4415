import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { parseAddress } from "../pipeline/address.ts";
import type { EmulatorResponse } from "../pipeline/http.ts";
import type { Handler } from "../pipeline/run.ts";
import type { ServerCertificates } from "./certificates.ts";
import { hostOf } from "./loopback.ts";
import { internalServerError, invalidHost, requestTooLarge } from "./refusals.ts";
import { send } from "./send.ts";

/** How often a free port is looked for that is free on every address. */
const ATTEMPTS = 20;

/** As many as ARM takes. */
const BODY_LIMIT_IN_BYTES = 4 * 1024 * 1024;

/** Where to listen, and what to do with what comes in. */
export interface ListenerOptions {
  /** Those of loopback, the one that clients are told first: the emulator serves its own machine only. */
  readonly addresses: readonly string[];
  /** 0: a free one. */
  readonly port: number;
  /** Absent: plain HTTP. */
  readonly certificates: ServerCertificates | undefined;
  readonly handle: Handler;
  /** Told of what went wrong in the emulator itself. */
  readonly onError: (error: unknown) => void;
}

/** A port that is listened on, on every address. */
export interface Listener {
  /** The first address, without a trailing slash. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Listens on loopback, by the same port on every address.
 *
 * @throws Error of the system, such as EADDRINUSE for a port that is taken; nothing listens then.
 */
export async function listen(options: ListenerOptions): Promise<Listener> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnAll(options);
    } catch (error) {
      // A port that is free on one address may be taken on the other.
      if (options.port !== 0 || !isTaken(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function listenOnAll({ addresses, port, ...options }: ListenerOptions): Promise<Listener> {
  const opened: Opened[] = [];
  const close = async () => {
    await Promise.all(opened.map(({ server }) => stop(server)));
  };
  try {
    for (const address of addresses) opened.push(await listenOn(address, opened[0]?.port ?? port, options));
  } catch (error) {
    await close();
    throw error;
  }
  return { origin: opened[0]?.origin ?? "", close };
}

interface Opened {
  readonly server: Server;
  readonly port: number;
  readonly origin: string;
}

async function listenOn(
  address: string,
  port: number,
  { certificates, handle, onError }: Omit<ListenerOptions, "addresses" | "port">,
): Promise<Opened> {
  const server: Server = certificates
    ? createHttpsServer({ cert: certificates.certPem, key: certificates.keyPem, ca: certificates.caPem })
    : createHttpServer();
  server.keepAliveTimeout = 60_000;
  await start(server, { host: address, port });
  const own = server.address() as AddressInfo;
  const origin = `${certificates ? "https" : "http"}://${hostOf(address)}:${own.port}`;
  // Nothing can have come in yet: this runs before the event loop turns again.
  server.on("request", (message: IncomingMessage, response: ServerResponse) => {
    answer(message, origin, handle)
      .then((answered) => send(message, response, answered))
      .catch((error: unknown) => {
        // A client that went away before its request was whole is no failure of the emulator.
        if (!message.complete) return;
        onError(error);
        if (response.headersSent) response.destroy();
        else send(message, response, internalServerError);
      });
  });
  return { server, port: own.port, origin };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function start(server: Server, at: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(message: IncomingMessage, origin: string, handle: Handler): Promise<EmulatorResponse> {
  const { host, target } = addressed(message);
  if (!isOwnHost(host)) return invalidHost;
  const body = await readBody(message);
  if (body === undefined) return requestTooLarge(BODY_LIMIT_IN_BYTES);
  return handle({
    origin,
    method: message.method ?? "GET",
    target,
    address: parseAddress(target),
    headers: message.headers as Readonly<Record<string, string | undefined>>,
    body,
  });
}

async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size <= BODY_LIMIT_IN_BYTES) chunks.push(chunk);
  }
  // TextDecoder drops the byte-order mark that Windows tools put in front of a file.
  return size <= BODY_LIMIT_IN_BYTES ? new TextDecoder().decode(Buffer.concat(chunks)) : undefined;
}

/**
 * Takes a request line with a whole URL apart, as a server has to; its host counts before the header (RFC 9112, 3.2.2).
 * Of several headers Node would take the first, and a server has to refuse them (3.2).
 */
function addressed({ url = "/", headers, headersDistinct }: IncomingMessage): {
  host: string | undefined;
  target: string;
} {
  const { host: hosts = [] } = headersDistinct;
  if (hosts.length > 1) return { host: undefined, target: url };
  const [whole, host] = /^https?:\/\/([^/?]*)/i.exec(url) ?? [];
  return whole === undefined ? { host: headers.host, target: url } : { host, target: url.slice(whole.length) || "/" };
}

/** Keeps web pages from reaching the emulator under a name of theirs that resolves to loopback. */
function isOwnHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? "");
}

import assert from "node:assert/strict";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { createEmulator, type Emulator, type EmulatorOptions } from "@azurestack-csp/emulator";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body read as JSON; `undefined` when it is none. */
  readonly body: unknown;
  /** What the body holds at a path such as `value.0.name`. */
  at(path: string): unknown;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default "2017-06-01"; null sends none */
  readonly apiVersion?: string | null;
  /** @default a token of the CSP's directory; null sends none */
  readonly token?: string | null;
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>;

/** Speaks plain HTTP to the emulator, with a token of its own. */
export async function createCaller(emulator: Emulator): Promise<Call> {
  return callerAt(emulator, { origin: emulator.resourceManager, ownToken: await getToken(emulator) });
}

/** Speaks plain HTTP to an endpoint of a Hub, with a token of its own; of the directory that the ready line names for it. */
export async function createHubCaller(
  emulator: Emulator,
  { hub = "paris", endpoint, tenantId }: { hub?: string; endpoint: "admin" | "user"; tenantId?: string },
): Promise<Call> {
  const found = emulator.hubs.find(({ name }) => name === hub);
  assert.ok(found, hub);
  const { resourceManager, audience } = found[endpoint];
  const form = { scope: `${audience}/.default` };
  const own = endpoint === "admin" ? found.homeTenantId : found.user.tenantId;
  const answer = await requestToken(emulator, { tenantId: tenantId ?? own, form });
  return callerAt(emulator, { origin: resourceManager, ownToken: String(answer.at("access_token")) });
}

/** Speaks plain HTTP to an address of the emulator. */
export function callerAt(emulator: Emulator, at: { readonly origin: string; readonly ownToken: string }): Call {
  const { origin, ownToken } = at;
  return (method, path, { body, headers = {}, apiVersion = "2017-06-01", token = ownToken } = {}) => {
    const query = apiVersion === null ? "" : `${path.includes("?") ? "&" : "?"}api-version=${apiVersion}`;
    const content = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    return send(emulator, {
      origin,
      method,
      path: `${path}${query}`,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(content === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      content,
    });
  };
}

/** Starts an emulator, which the test closes, and gives it with a caller of it. */
export async function startCalled(options: EmulatorOptions = {}): Promise<{ emulator: Emulator; call: Call }> {
  const emulator = await createEmulator(options);
  return { emulator, call: await createCaller(emulator) };
}

/** An access token of the directory, got with the world's application. */
export async function getToken(emulator: Emulator, tenantId = emulator.tenantId): Promise<string> {
  const answer = await requestToken(emulator, { tenantId });
  return String(answer.at("access_token"));
}

/** Asks the v2 token endpoint; `form` replaces or adds fields. */
export function requestToken(
  emulator: Endpoint & Pick<Emulator, "tenantId" | "clientId" | "clientSecret">,
  { tenantId = emulator.tenantId, form = {} }: { tenantId?: string; form?: Record<string, string> },
): Promise<Answer> {
  const fields = {
    client_id: emulator.clientId,
    client_secret: emulator.clientSecret,
    grant_type: "client_credentials",
    scope: "https://management.azure.com/.default",
    ...form,
  };
  return send(emulator, {
    method: "POST",
    path: `/${tenantId}/oauth2/v2.0/token`,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    content: new URLSearchParams(fields).toString(),
  });
}

interface Sending {
  /** Address of the service. @default Azure Resource Manager's, which is the authority's too */
  readonly origin?: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string | undefined;
}

/** Where requests go that name no address, and the certificate authority that answers are trusted by. */
type Endpoint = Pick<Emulator, "resourceManager" | "caPem">;

/** One request on a connection of its own. */
export function send(endpoint: Endpoint, sending: Sending): Promise<Answer> {
  const { origin = endpoint.resourceManager, method, path, headers, content } = sending;
  const { hostname: host, port, protocol } = new URL(origin);
  const hostname = host.replaceAll(/[[\]]/g, "");
  const request = protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers, agent: false, ...(endpoint.caPem ? { ca: endpoint.caPem } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const body = parse(text);
          const at = (path: string) => path.split(".").reduce(memberOf, body);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body, at });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(content);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

import type { ResourceManagementClient } from "@azure/arm-resources";
import type { TokenCredential } from "@azure/core-auth";
import { ProviderError } from "../../domain/errors/providerError.ts";
import type { Answer } from "../wire/answer.ts";
import { requireAzure } from "../wire/http/azurePackages.ts";
import { scopeOf } from "../wire/pipelines.ts";
import type { Wire, WireRequest } from "../wire/wire.ts";
import { finishOperation } from "./longRunning.ts";

/** ARM gives up on a resource provider after 60 seconds (resource provider contract), so no answer comes after that. */
const ANSWER_TIMEOUT_IN_MS = 65_000;

/** What the transport needs from outside. */
export interface ArmTransportDeps {
  /** The wire to `endpoint`. */
  readonly wire: Wire;
  /** The resource manager's address, without a trailing slash. */
  readonly endpoint: string;
  /** Signs for a directory; without one, for the directory that the credential names. */
  readonly credential: (directory: string | undefined) => TokenCredential;
  /** The directory that the token for a subscription must be of. */
  readonly directoryOf: (subscriptionId: string) => Promise<string | undefined>;
}

/** A request about a resource. */
export interface ArmRequest {
  /** The subscription that it lies in, whose directory the token is of; absent: the credential's own directory. */
  readonly subscriptionId?: string;
  /** The ARM id of the resource. */
  readonly id: string;
  readonly apiVersion: string;
}

type Place = Pick<ArmRequest, "subscriptionId">;

/** Sends requests to ARM and hands back answers as they came; only the absence of an answer is an error. */
export interface ArmTransport {
  /** The host asked, for errors. */
  readonly host: string;
  get(request: ArmRequest): Promise<Answer>;
  /** Reads one page of a list, by its whole URL. */
  getPage(request: Place & { readonly url: string }): Promise<Answer>;
  put(request: ArmRequest & { readonly body: unknown }): Promise<Answer>;
  delete(request: ArmRequest): Promise<Answer>;
  /** Waits for the end of what an answer accepted; the answer itself where it is done, else what refused it. */
  finish(request: Place & { readonly accepted: Answer }): Promise<Answer>;
  /** The URL of the request. */
  url(request: ArmRequest): string;
}

/**
 * Makes the transport on `@azure/arm-resources`, which is loaded with the first request.
 *
 * Each directory has a client of its own, and with it a cache of tokens. Reads are the SDK's generic operation; the rest
 * goes through the same pipeline past it, because the generic write fails on a 201 without a body, the generic delete
 * waits for an operation's end for as long as it takes and by any link, and there is no generic list of children.
 */
export function createArmTransport({ wire, endpoint, credential, directoryOf }: ArmTransportDeps): ArmTransport {
  const clients = new Map<string, Promise<ResourceManagementClient>>();
  const { host } = new URL(endpoint);

  async function clientFor({ subscriptionId }: Place): Promise<ResourceManagementClient> {
    const directory = subscriptionId === undefined ? undefined : await directoryOf(subscriptionId);
    const key = directory ?? "";
    const client = clients.get(key) ?? createClient(directory);
    clients.set(key, client);
    return await client;
  }

  async function createClient(directory: string | undefined): Promise<ResourceManagementClient> {
    const { ResourceManagementClient }: typeof import("@azure/arm-resources") = requireAzure("@azure/arm-resources");
    const credentials = { scopes: [scopeOf(wire.service.audience)] };
    return await wire.createClient(
      (options) => new ResourceManagementClient(credential(directory), { endpoint, credentials, ...options }),
    );
  }

  async function send(place: Place, request: WireRequest): Promise<Answer> {
    const line = async () => (await clientFor(place)).pipeline;
    return await wire.send(line, { timeoutInMs: ANSWER_TIMEOUT_IN_MS, ...request });
  }

  async function get(request: ArmRequest): Promise<Answer> {
    const { id, apiVersion } = request;
    const { resources } = await clientFor(request);
    return await wire.call({ label: `GET ${id}`, timeoutInMs: ANSWER_TIMEOUT_IN_MS }, (options) =>
      resources.getById(encodeId(id), apiVersion, options),
    );
  }

  function url({ id, apiVersion }: ArmRequest): string {
    return `${endpoint}/${encodeId(id)}?api-version=${apiVersion}`;
  }

  function urlOfLink(link: string): string {
    if (URL.canParse(link, endpoint)) return new URL(link, endpoint).href;
    throw new ProviderError("CSP_NOT_ARM", { host, reason: "a link that is no URL" });
  }

  return {
    host,
    url,
    get,
    getPage: (request) => send(request, { method: "GET", url: request.url }),
    put: (request) => send(request, { method: "PUT", url: url(request), body: request.body, changes: request.id }),
    delete: (request) => send(request, { method: "DELETE", url: url(request), changes: request.id }),
    finish: (request) =>
      finishOperation({
        accepted: request.accepted,
        ask: (link) => send(request, { method: "GET", url: urlOfLink(link) }),
        now: wire.now,
        sleep: wire.sleep,
      }),
  };
}

/**
 * The id as the path of a URL, without the slash that the SDK puts before it.
 *
 * The SDK leaves `#` and `?` as they are: behind one in a name, the rest of the path would be lost, and the request would
 * reach the registration in the place of its customer subscription.
 */
function encodeId(id: string): string {
  return id.replace(/^\/+/, "").split("/").map(encodeURIComponent).join("/");
}

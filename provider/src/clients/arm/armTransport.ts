import type { ResourceManagementClient } from "@azure/arm-resources";
import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, Pipeline, PipelineResponse, ProxySettings } from "@azure/core-rest-pipeline";
import { isProviderError, ProviderError } from "../../domain/errors/providerError.ts";
import { loadPipeline, loadResources } from "../wire/azurePackages.ts";
import { connectionError } from "../wire/connectionErrors.ts";
import type { RetryPolicy } from "../wire/retryPolicy.ts";
import { type ArmAnswer, answerOf, CORRELATION_HEADER } from "./armAnswer.ts";
import { finishOperation } from "./longRunning.ts";

/** ARM gives up on a resource provider after 60 seconds (resource provider contract), so no answer comes after that. */
const ANSWER_TIMEOUT = 65_000;

/** What the transport needs from outside. */
export interface TransportDeps {
  /** The resource manager's origin, without a trailing slash. */
  readonly endpoint: string;
  /** The scope of the token, `<audience>/.default`. */
  readonly scope: string;
  readonly credential: (directory: string | undefined) => TokenCredential;
  /** The directory that the token for a subscription must be of. */
  readonly directoryOf: (subscriptionId: string) => Promise<string | undefined>;
  readonly retry: RetryPolicy;
  /** Makes the correlation id of a request, a GUID. */
  readonly newId: () => string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** One for all clients, so that they share connections; asked for with the first request. */
  readonly httpClient: () => Promise<HttpClient>;
  /** How long one attempt may take, in milliseconds; 65,000 by default. */
  readonly timeout?: number;
  readonly abortSignal?: AbortSignal;
  /** The proxy, where there is one; the SDK's own reading of the environment fails on some forms. */
  readonly proxyOptions?: ProxySettings;
}

/** A request about a resource of a subscription. */
interface ArmRequest {
  readonly subscriptionId: string;
  /** The ARM id of the resource. */
  readonly id: string;
  readonly apiVersion: string;
}

/** Sends requests to ARM and hands back answers as they came; only the absence of an answer is an error. */
export interface ArmTransport {
  get(request: ArmRequest): Promise<ArmAnswer>;
  delete(request: ArmRequest): Promise<ArmAnswer>;
  /** Waits for the end of what an answer accepted; the answer itself where it is done, else what refused it. */
  finish(request: { readonly subscriptionId: string; readonly accepted: ArmAnswer }): Promise<ArmAnswer>;
  put(request: ArmRequest & { readonly body: unknown }): Promise<ArmAnswer>;
  /** Reads one page of a list, by its whole URL. */
  getPage(request: { readonly subscriptionId: string; readonly url: string }): Promise<ArmAnswer>;
  /** The URL of the request. */
  url(request: ArmRequest): string;
}

interface Exchange {
  readonly headers: Record<string, string>;
  readonly timeout: number;
  readonly abortSignal: AbortSignal | undefined;
  readonly onResponse: (response: PipelineResponse) => void;
}

/**
 * Makes the transport on `@azure/arm-resources`, which is loaded with the first request.
 *
 * Each directory has a client of its own, and with it a cache of tokens. Reads are the SDK's generic operation; the rest
 * goes through the same pipeline past it, because the generic write fails on a 201 without a body, the generic delete
 * waits for an operation's end for as long as it takes and by any link, and there is no generic list of children.
 */
export function createArmTransport(deps: TransportDeps): ArmTransport {
  const clients = new Map<string, Promise<ResourceManagementClient>>();
  const { host, origin } = new URL(deps.endpoint);
  const timeout = deps.timeout ?? ANSWER_TIMEOUT;

  async function clientFor(subscriptionId: string): Promise<ResourceManagementClient> {
    const directory = await deps.directoryOf(subscriptionId);
    const key = directory ?? "";
    const client = clients.get(key) ?? createClient(deps, directory);
    clients.set(key, client);
    return client;
  }

  async function exchange(
    request: { readonly subscriptionId: string; readonly label: string },
    act: (client: ResourceManagementClient, exchange: Exchange) => Promise<unknown>,
  ): Promise<ArmAnswer> {
    const client = await clientFor(request.subscriptionId);
    const correlationId = deps.newId();
    const responses: PipelineResponse[] = [];
    const headers = { accept: "application/json", [CORRELATION_HEADER]: correlationId };
    const onResponse = (response: PipelineResponse) => void responses.push(response);
    try {
      await act(client, { headers, timeout, abortSignal: deps.abortSignal, onResponse });
    } catch (error) {
      // What the SDK makes of an answer is its own affair.
      if (responses.length === 0) throw noAnswer({ error, correlationId, label: request.label });
    }
    const response = responses.at(-1);
    if (!response) throw noAnswer({ error: undefined, correlationId, label: request.label });
    return answerOf(response, deps.retry.attempts(response.request));
  }

  function noAnswer(failure: {
    readonly error: unknown;
    readonly correlationId: string;
    readonly label: string;
  }): unknown {
    if (isProviderError(failure.error) || deps.abortSignal?.aborted) return failure.error;
    return connectionError({ ...failure, host, request: failure.label });
  }

  async function send(request: {
    readonly subscriptionId: string;
    readonly method: "GET" | "PUT" | "DELETE";
    readonly url: string;
    readonly body?: unknown;
  }): Promise<ArmAnswer> {
    const { subscriptionId, method, url, body } = request;
    const { createHttpHeaders, createPipelineRequest } = loadPipeline();
    const target = new URL(url);
    if (target.origin !== origin) throw new ProviderError("CSP_NOT_ARM", { host, reason: strayed(target) });
    return exchange({ subscriptionId, label: `${method} ${target.pathname}` }, async ({ pipeline }, options) => {
      const contentType = body === undefined ? {} : { "content-type": "application/json" };
      const headers = createHttpHeaders({ ...options.headers, ...contentType });
      const sent = createPipelineRequest({
        method,
        url,
        headers,
        timeout,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(options.abortSignal ? { abortSignal: options.abortSignal } : {}),
      });
      options.onResponse(await pipeline.sendRequest(await deps.httpClient(), sent));
    });
  }

  const urlOfLink = (link: string) => {
    if (URL.canParse(link, deps.endpoint)) return new URL(link, deps.endpoint).href;
    throw new ProviderError("CSP_NOT_ARM", { host, reason: "a link that is no URL" });
  };

  const urlOf = ({ id, apiVersion }: ArmRequest) => `${deps.endpoint}/${encodeId(id)}?api-version=${apiVersion}`;

  return {
    url: urlOf,
    get: ({ subscriptionId, id, apiVersion }) =>
      exchange({ subscriptionId, label: `GET ${id}` }, (client, options) =>
        client.resources.getById(encodeId(id), apiVersion, operationOptions(options)),
      ),
    delete: (request) => send({ subscriptionId: request.subscriptionId, method: "DELETE", url: urlOf(request) }),
    finish: ({ subscriptionId, accepted }) =>
      finishOperation({
        accepted,
        host,
        ask: (link) => send({ subscriptionId, method: "GET", url: urlOfLink(link) }),
        now: deps.now,
        sleep: (milliseconds) => deps.sleep(milliseconds, deps.abortSignal),
      }),
    put: (request) =>
      send({ subscriptionId: request.subscriptionId, method: "PUT", url: urlOf(request), body: request.body }),
    getPage: ({ subscriptionId, url }) => send({ subscriptionId, method: "GET", url }),
  };
}

/** Makes a pipeline without a credential, for questions that ARM answers to anybody. */
export async function createAnonymousPipeline(deps: Pick<TransportDeps, "retry" | "proxyOptions">): Promise<Pipeline> {
  const core = loadPipeline();
  const pipeline = core.createPipelineFromOptions(pipelineOptions(deps));
  adapt(pipeline, deps.retry, core);
  return pipeline;
}

const USER_AGENT = "azurestack-csp";

function pipelineOptions({ proxyOptions }: Pick<TransportDeps, "proxyOptions">) {
  return { userAgentOptions: { userAgentPrefix: USER_AGENT }, ...(proxyOptions ? { proxyOptions } : {}) };
}

async function createClient(deps: TransportDeps, directory: string | undefined): Promise<ResourceManagementClient> {
  const { ResourceManagementClient } = loadResources();
  const client = new ResourceManagementClient(deps.credential(directory), {
    endpoint: deps.endpoint,
    credentials: { scopes: [deps.scope] },
    ...pipelineOptions(deps),
    httpClient: await deps.httpClient(),
  });
  adapt(client.pipeline, deps.retry, loadPipeline());
  return client;
}

/**
 * Puts our retries in the place of the SDK's, and the sign-in behind them, so that a request which waited for its turn
 * is signed when it leaves. A redirect is an answer that ARM never gives; a token must not follow it.
 */
function adapt(pipeline: Pipeline, retry: RetryPolicy, core: typeof import("@azure/core-rest-pipeline")): void {
  pipeline.removePolicy({ phase: "Retry" });
  pipeline.removePolicy({ name: core.redirectPolicyName });
  const signing = pipeline.removePolicy({ name: core.bearerTokenAuthenticationPolicyName });
  pipeline.addPolicy(retry.policy, { phase: "Retry" });
  for (const policy of signing) pipeline.addPolicy(policy, { phase: "Sign" });
}

/** A link in an answer may lead anywhere, and the token must not go along. */
function strayed({ host }: URL): string {
  return `a link that leads to another host, ${host}`;
}

function operationOptions({ headers, timeout, abortSignal, onResponse }: Exchange) {
  return { requestOptions: { headers, timeout }, onResponse, ...(abortSignal ? { abortSignal } : {}) };
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

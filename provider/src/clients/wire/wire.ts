import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, Pipeline, PipelineResponse, ProxySettings } from "@azure/core-rest-pipeline";
import { isProviderError, ProviderError } from "../../domain/errors/providerError.ts";
import { type Answer, answerOf } from "./answer.ts";
import type { ChangeLog } from "./changeLog.ts";
import type { Clock } from "./clock.ts";
import { loadPipeline } from "./http/azurePackages.ts";
import { connectionError } from "./http/connectionErrors.ts";
import { createPacer } from "./pacing/pacer.ts";
import { adapt, createPipeline, pipelineOptions, type SdkClientOptions } from "./pipelines.ts";
import { principalIn } from "./principal.ts";
import { createRetryPolicy } from "./retryPolicy.ts";
import type { Service } from "./service.ts";

/** What the wires of one principal share. */
export interface Connection {
  /** One for all, so that they share connections; asked for with the first request. */
  readonly httpClient: () => Promise<HttpClient>;
  readonly clock: Clock;
  /** Makes the correlation id of a request, a GUID. */
  readonly newId: () => string;
  readonly changeLog: Pick<ChangeLog, "open" | "observe">;
  /** Struck out wherever a service repeats them. */
  readonly secrets: readonly string[];
  /** Ends every request and every pause under way. */
  readonly abortSignal?: AbortSignal | undefined;
  /** The proxy, where there is one; the SDK's own reading of the environment fails on some forms. */
  readonly proxyOptions?: ProxySettings | undefined;
  /** Told of each pause before a request is repeated. */
  readonly onPause?: ((pauseInMs: number) => void) | undefined;
}

/** One request. */
export interface WireRequest {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** The whole URL, on the origin of the service. */
  readonly url: string;
  /** Beside `accept`, `content-type` and the correlation id. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent: no body. */
  readonly body?: unknown;
  /** How long one attempt may take; 30,000 by default. */
  readonly timeoutInMs?: number;
  /**
   * What the request changes, by the name that its entry in the change log has; absent: nothing.
   *
   * The log is opened before anything is sent, and told of the answer.
   */
  readonly changes?: string;
}

/** A way to the service on which all requests are signed alike; found anew for each request. */
type Line = () => Promise<Pipeline>;

/** What an operation of an SDK's client is called with. */
interface SdkOperationOptions {
  readonly requestOptions: { readonly headers: Record<string, string>; readonly timeout: number };
  readonly onResponse: (response: PipelineResponse) => void;
  readonly abortSignal?: AbortSignal;
}

/** How a request is spoken of, and how long one attempt may take; 30,000 by default. */
interface Called {
  /** For errors: method and path. */
  readonly label: string;
  readonly timeoutInMs?: number | undefined;
}

/** Sends requests to one service as one principal, and hands back answers as they came; only the absence of one is an error. */
export interface Wire {
  readonly service: Service;
  /** The line on which the credential signs, or nobody. */
  line(credential?: TokenCredential): Line;
  /**
   * Sends one request, as often as the service permits and as fast as its buckets do.
   *
   * @throws ProviderError `CSP_UNREACHABLE` or `CSP_CERTIFICATE_REFUSED` where no answer came, `CSP_NOT_ARM` where the URL
   *   leads away from the service, and what the sign-in or the change log refuses.
   */
  send(line: Line, request: WireRequest): Promise<Answer>;
  /** Makes a client of one of Azure's SDKs whose requests go this way, too. */
  createClient<Client extends { readonly pipeline: Pipeline }>(
    create: (options: SdkClientOptions) => Client,
  ): Promise<Client>;
  /** Calls an operation of such a client, and hands its answer back as {@link Wire.send} does. */
  call(called: Called, operation: (options: SdkOperationOptions) => Promise<unknown>): Promise<Answer>;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Waits, as long as the run is not cancelled. */
  sleep(pauseInMs: number): Promise<void>;
}

interface Exchange {
  readonly answer: Answer;
  readonly response: PipelineResponse;
}

/** Makes the wire to a service; nothing is loaded or sent before the first request. */
export function createWire(service: Service, connection: Connection): Wire {
  const { clock, changeLog, secrets, abortSignal, onPause } = connection;
  const { host, origin } = new URL(service.origin);
  const options = pipelineOptions(connection.proxyOptions);
  const cancellable = abortSignal ? { abortSignal } : {};
  const pacer = createPacer({ bucketOf: service.bucketOf, now: clock.now, sleep });
  const retry = createRetryPolicy({ service, pacer, clock, ...(onPause ? { onPause } : {}) });

  async function sleep(pauseInMs: number): Promise<void> {
    await clock.sleep(pauseInMs, abortSignal);
  }

  async function exchange(
    { label, timeoutInMs = 0 }: Called,
    act: (options: SdkOperationOptions) => Promise<unknown>,
  ): Promise<Exchange> {
    const correlationId = connection.newId();
    const headers = { accept: "application/json", [service.correlationHeader]: correlationId };
    const responses: PipelineResponse[] = [];
    const onResponse = (response: PipelineResponse) => void responses.push(response);
    let failure: unknown;
    try {
      await act({ requestOptions: { headers, timeout: timeoutInMs }, onResponse, ...cancellable });
    } catch (error) {
      // What an SDK makes of an answer is its own affair.
      failure = error;
    }
    const response = responses.at(-1);
    if (response) {
      const sendings = retry.sendings(response.request);
      return { response, answer: answerOf(response, { rules: service, sendings, secrets }) };
    }
    if (isProviderError(failure) || abortSignal?.aborted) throw failure;
    throw connectionError({ error: failure, host, request: label, correlationId });
  }

  async function send(line: Line, request: WireRequest): Promise<Answer> {
    const { method, url, body, changes, timeoutInMs } = request;
    const target = new URL(url);
    if (target.origin !== origin) throw strayed(host, target);
    if (changes !== undefined) await changeLog.open();
    const pipeline = await line();
    const label = `${method} ${target.pathname}`;
    const { answer, response } = await exchange({ label, timeoutInMs }, async ({ requestOptions, onResponse }) => {
      const { createHttpHeaders, createPipelineRequest } = loadPipeline();
      const content = body === undefined ? {} : { "content-type": "application/json" };
      const sent = createPipelineRequest({
        method,
        url,
        headers: createHttpHeaders({ ...requestOptions.headers, ...content, ...request.headers }),
        timeout: requestOptions.timeout,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...cancellable,
      });
      onResponse(await pipeline.sendRequest(await connection.httpClient(), sent));
    });
    if (changes !== undefined) {
      const principal = principalIn(response.request.headers.get("authorization"));
      changeLog.observe({ resource: changes, principal, correlationId: answer.correlationId });
    }
    return answer;
  }

  return {
    service,
    line(credential) {
      let pipeline: Pipeline | undefined;
      return async () => {
        pipeline ??= createPipeline(options, { credential, audience: service.audience, retry });
        return pipeline;
      };
    },
    send,
    async createClient(create) {
      const client = create({ ...options, httpClient: await connection.httpClient() });
      adapt(client.pipeline, retry);
      return client;
    },
    call: async (called, operation) => (await exchange(called, operation)).answer,
    now: clock.now,
    sleep,
  };
}

/** A link in an answer may lead anywhere, and the token must not go along. */
function strayed(host: string, target: URL): ProviderError {
  return new ProviderError("CSP_NOT_ARM", { host, reason: `a link that leads to another host, ${target.host}` });
}

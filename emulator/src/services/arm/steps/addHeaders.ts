import type { Exchange, Step } from "../../../pipeline/exchange.ts";
import type { EmulatorResponse } from "../../../pipeline/http.ts";
import type { JournalKind } from "../../../pipeline/journal.ts";
import { operationTypeOf } from "../throttling.ts";

/** Waits as long as a network and a service far away would take. */
export const addLatency: Step = async ({ services }, next) => {
  if (services.latencyInMs > 0) await services.sleep(services.latencyInMs);
  return next();
};

/** Puts ARM's headers on the answer. */
export const addHeaders: Step = async (exchange, next) => {
  const response = await next();
  return { ...response, headers: { ...armHeaders(exchange, response), ...response.headers } };
};

/** Writes the request and the status of its answer to the journal. */
export const writeJournal: Step = async (exchange, next) => {
  const { address, correlationId, request, resolution, services } = exchange;
  const time = services.now().toISOString();
  const response = await next();
  const { principal } = exchange;
  const code = errorCodeOf(response.body);
  services.journal.write({
    time,
    kind: kindOf(exchange),
    method: request.method,
    path: address.path,
    query: Object.fromEntries(address.query),
    status: response.status,
    correlationId,
    ...(code === undefined ? {} : { code }),
    ...(resolution.operation ? { operation: resolution.operation.name } : {}),
    ...(principal ? { principal: principal.clientId } : {}),
    ...(response.transport ? { transport: response.transport } : {}),
  });
  return response;
};

function armHeaders(exchange: Exchange, response: EmulatorResponse): Record<string, string> {
  const { correlationId, request, services } = exchange;
  const time = services
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, "");
  const clientRequestId = request.headers["x-ms-client-request-id"];
  const echoes = request.headers["x-ms-return-client-request-id"]?.toLowerCase() === "true";
  return {
    "Cache-Control": "no-cache",
    Pragma: "no-cache",
    Expires: "-1",
    ...(response.failureCause ? { "x-ms-failure-cause": response.failureCause } : {}),
    ...(response.failureCause === "service" ? { Connection: "close" } : {}),
    ...remainingHeader(exchange, response),
    // Answers made by the gateway itself carry the correlation id as their request id; a provider's have their own.
    "x-ms-request-id": response.failureCause === "gateway" ? correlationId : services.newId(),
    "x-ms-correlation-request-id": correlationId,
    "x-ms-routing-request-id": `FRANCECENTRAL:${time}:${correlationId}`,
    ...(echoes && clientRequestId ? { "x-ms-client-request-id": clientRequestId } : {}),
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
  };
}

/** How many requests are left; most of the gateway's own refusals carry none. */
function remainingHeader({ remaining, request, subscription }: Exchange, response: EmulatorResponse) {
  if (remaining === undefined || (response.failureCause === "gateway" && response.status !== 429)) return {};
  const scope = subscription ? "subscription" : "tenant";
  return { [`x-ms-ratelimit-remaining-${scope}-${operationTypeOf(request.method)}`]: String(remaining) };
}

function kindOf({ request, resolution }: Exchange): JournalKind {
  const name = resolution.operation?.name;
  if (name === "Token_Issue") return "token";
  if (resolution.operation?.anonymous) return "metadata";
  const unauthenticated = request.headers.authorization === undefined;
  return unauthenticated && name === "Subscriptions_Get" ? "challenge" : "request";
}

function errorCodeOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

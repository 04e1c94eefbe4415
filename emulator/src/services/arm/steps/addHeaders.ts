import type { EmulatorResponse } from "../../../pipeline/http.ts";
import type { ArmExchange, ArmStep } from "../exchange.ts";
import { operationTypeOf } from "../throttle.ts";

/** Puts ARM's headers on the answer; `region` is where it was routed. */
export function addHeaders(region: string): ArmStep {
  return async (exchange, next) => {
    const response = await next();
    return { ...response, headers: { ...armHeaders(exchange, response, region), ...response.headers } };
  };
}

function armHeaders(exchange: ArmExchange, response: EmulatorResponse, region: string): Record<string, string> {
  const { correlationId, request, context } = exchange;
  const time = context
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
    "x-ms-request-id": response.failureCause === "gateway" ? correlationId : context.newId(),
    "x-ms-correlation-request-id": correlationId,
    "x-ms-routing-request-id": `${region.toUpperCase()}:${time}:${correlationId}`,
    ...(echoes && clientRequestId ? { "x-ms-client-request-id": clientRequestId } : {}),
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
  };
}

/** How many requests are left; most of the gateway's own refusals carry none. */
function remainingHeader({ remaining, request, subscription }: ArmExchange, response: EmulatorResponse) {
  if (remaining === undefined || (response.failureCause === "gateway" && response.status !== 429)) return {};
  const scope = subscription ? "subscription" : "tenant";
  return { [`x-ms-ratelimit-remaining-${scope}-${operationTypeOf(request.method)}`]: String(remaining) };
}

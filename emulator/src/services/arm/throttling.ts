import type { EmulatorResponse } from "../../pipeline/http.ts";
import { gatewayError } from "./errors.ts";

/** The classes of requests that ARM counts apart. */
export type OperationType = "reads" | "writes" | "deletes";

/** What ARM counts a method as. */
export function operationTypeOf(method: string): OperationType {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

export interface Exceeded {
  readonly type: OperationType;
  readonly subscriptionId: string;
  /** Object id of the principal. */
  readonly actor: string;
  readonly retryAfterInSeconds: number;
  readonly sendRetryAfter: boolean;
}

export function subscriptionRequestsThrottled(exceeded: Exceeded): EmulatorResponse {
  const { type, subscriptionId, actor, retryAfterInSeconds, sendRetryAfter } = exceeded;
  const message = `Number of '${type.slice(0, -1)}' requests for subscription '${subscriptionId}' actor '${actor}' exceeded. Please try again after '${retryAfterInSeconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
  return {
    ...gatewayError(429, "SubscriptionRequestsThrottled", message),
    ...(sendRetryAfter ? { headers: { "Retry-After": String(retryAfterInSeconds) } } : {}),
  };
}

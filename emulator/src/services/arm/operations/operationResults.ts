import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, empty } from "../../../pipeline/http.ts";
import { gatewayError } from "../errors.ts";
import type { ArmOperation } from "../exchange.ts";

const RETRY_AFTER_IN_SECONDS = 1;

/** Answers of operations that take their time: 202 with a place to ask, which is asked until it answers otherwise. */
export interface OperationResults {
  readonly operations: readonly ArmOperation[];
  /** The answer to a request whose work goes on: 202, and where its end is told. */
  accept(exchange: Exchange): EmulatorResponse;
}

/** Results that are there when they are asked for the second time. */
export function createOperationResults(): OperationResults {
  const asked = new Map<string, number>();

  function running({ request }: Exchange, id: string): EmulatorResponse {
    const { origin, address } = request;
    const [, subscriptionId] = address.segments;
    const version = address.query.get("api-version");
    return {
      status: 202,
      headers: {
        Location: `${origin}/subscriptions/${subscriptionId}/operationresults/${id}?api-version=${version}`,
        "Retry-After": String(RETRY_AFTER_IN_SECONDS),
      },
    };
  }

  function get(exchange: Exchange): EmulatorResponse {
    const id = parameter(exchange, "id");
    const times = asked.get(id);
    if (times === undefined) return gatewayError(404, "NotFound", `The operation '${id}' was not found.`);
    asked.set(id, times + 1);
    return times === 0 ? running(exchange, id) : empty(200);
  }

  return {
    operations: [
      {
        name: "OperationResults_Get",
        method: "GET",
        path: "/subscriptions/{subscriptionId}/operationresults/{id}",
        action: "Microsoft.Resources/subscriptions/operationresults/read",
        handle: get,
      },
    ],
    accept(exchange) {
      const id = Buffer.from(exchange.context.newId()).toString("base64url");
      asked.set(id, 0);
      return running(exchange, id);
    },
  };
}

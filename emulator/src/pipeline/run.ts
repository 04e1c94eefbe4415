import type { Context, Exchange } from "./exchange.ts";
import { type EmulatorRequest, type EmulatorResponse, failure } from "./http.ts";
import { createRouter } from "./router.ts";
import type { Service } from "./service.ts";

/** The services of one origin as one function from request to answer. */
export type Handler = (request: EmulatorRequest) => Promise<EmulatorResponse>;

/** Gives each request to the first service that owns it, and runs it through that service's steps to its operation. */
export function createHandler(services: readonly Service[], context: Context): Handler {
  const candidates = services.map((service) => ({
    service,
    route: createRouter(service.operations),
    own: service.store ? { ...context, store: service.store } : context,
  }));
  return async (request) => {
    const { method, address, headers } = request;
    const owner = candidates.find(({ service }) => service.owns(request));
    if (!owner) return failure(404, "NotFound", `Nothing here answers '${address.path}'.`);
    const { service, route, own } = owner;
    const resolution = route(method, address.segments);
    const correlationId = headers[service.correlationHeader ?? ""] || context.newId();
    return run(service, { request, resolution, context: own, correlationId });
  };
}

async function run(service: Service, exchange: Exchange, index = 0): Promise<EmulatorResponse> {
  const step = service.steps[index];
  if (step) return step(exchange, () => run(service, exchange, index + 1));
  const { request, resolution } = exchange;
  if (resolution.operation) return resolution.operation.handle(exchange);
  throw new Error(
    `The steps of ${service.name} let ${request.method} ${request.address.path} pass, which no operation answers.`,
  );
}

import type { Exchange, Step } from "./exchange.ts";
import type { JournalKind } from "./journal.ts";

/** Writes the request and the status of its answer to the journal. */
export const writeJournal: Step = async (exchange, next) => {
  const { context, correlationId, request, resolution } = exchange;
  const time = context.now().toISOString();
  const response = await next();
  const { principal } = exchange;
  const code = errorCodeOf(response.body);
  context.journal.write({
    time,
    kind: kindOf(exchange),
    origin: request.origin,
    method: request.method,
    path: request.address.path,
    query: Object.fromEntries(request.address.query),
    status: response.status,
    correlationId,
    ...(code === undefined ? {} : { code }),
    ...(resolution.operation ? { operation: resolution.operation.name } : {}),
    ...(principal ? { principal: principal.clientId } : {}),
    ...(response.transport ? { transport: response.transport } : {}),
  });
  return response;
};

function kindOf({ request, resolution }: Exchange): JournalKind {
  const { kind = "request", kindWithoutToken = kind } = resolution.operation ?? {};
  return request.headers.authorization === undefined ? kindWithoutToken : kind;
}

/** The code that an error's body gives it: OAuth's `error`, or the `code` in the envelope of Microsoft's REST guidelines. */
function errorCodeOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

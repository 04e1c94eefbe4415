import type { Exchange, Step } from "./exchange.ts";
import type { FaultEffect, FaultPlace } from "./faultRules.ts";
import { type EmulatorResponse, failure } from "./http.ts";

const PROXY_PAGE =
  "<!DOCTYPE html>\r\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\r\n";

/** Strikes before anything was looked at or written. */
export const faultBefore: Step = async (exchange, next) => {
  const effects = await strike(exchange, "before");
  for (const { staleList } of effects) if (staleList) exchange.staleList = staleList;
  const answered = effects.find(answersByItself);
  return answered ? damage({ status: 200 }, answered) : next();
};

/** Strikes when the operation has been carried out: what it wrote stays written. */
export const faultAfterCommit: Step = async (exchange, next) => damageAt(exchange, "afterCommit", await next());

/** Strikes any answer, whether the operation was carried out or refused. */
export const faultOnResponse: Step = async (exchange, next) => damageAt(exchange, "onResponse", await next());

async function damageAt(exchange: Exchange, place: FaultPlace, response: EmulatorResponse): Promise<EmulatorResponse> {
  const effects = await strike(exchange, place);
  return effects.filter(answersByItself).reduce(damage, response);
}

async function strike(
  { caller, request, resolution, context }: Exchange,
  place: FaultPlace,
): Promise<readonly FaultEffect[]> {
  const target = {
    method: request.method,
    path: request.address.path,
    operation: resolution.operation?.name,
    principals: caller ? [caller.clientId, caller.objectId] : [],
  };
  const effects = context.faults.strike(target, place);
  for (const { delayInMs } of effects) if (delayInMs) await context.sleep(delayInMs);
  return effects;
}

function answersByItself({ status, reset, dropBody, garble, html }: FaultEffect): boolean {
  return status !== undefined || [reset, dropBody, garble, html].includes(true);
}

function damage(response: EmulatorResponse, effect: FaultEffect): EmulatorResponse {
  if (effect.reset) return { ...response, transport: "reset" };
  if (effect.dropBody) return { ...response, transport: "dropBody" };
  if (effect.garble) return { ...response, transport: "garble" };
  if (effect.html) {
    return { status: effect.status ?? 502, text: PROXY_PAGE, headers: { "Content-Type": "text/html; charset=utf-8" } };
  }
  const { status = 500, code = "InternalServerError", message = "The service failed, as a fault rule asked." } = effect;
  return {
    ...(status === 204 || status === 304 ? { status } : failure(status, code, message)),
    ...(status >= 500 ? { failureCause: "service" as const } : {}),
    headers: {
      ...(effect.retryAfter === undefined ? {} : { "Retry-After": String(effect.retryAfter) }),
      ...effect.headers,
    },
  };
}

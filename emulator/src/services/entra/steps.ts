import type { Step } from "../../pipeline/exchange.ts";
import { empty } from "../../pipeline/http.ts";
import { signInError } from "./errors.ts";

/** Keeps answers out of caches, as whoever issues tokens has to (RFC 6749, 5.1), with the headers that Entra has for it. */
export const addHeaders: Step = async (_, next) => {
  const response = await next();
  return {
    ...response,
    headers: {
      "Cache-Control": "no-store, no-cache",
      Pragma: "no-cache",
      Expires: "-1",
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
      "X-Content-Type-Options": "nosniff",
      ...response.headers,
    },
  };
};

/** Refuses what no operation answers. */
export const refuseUnknown: Step = async (exchange, next) => {
  const { request, resolution } = exchange;
  const { methods, operation } = resolution;
  if (operation) return next();
  return methods.length > 0
    ? signInError(exchange, "methodUnsupported", methods.join(", "), request.method)
    : empty(404);
};

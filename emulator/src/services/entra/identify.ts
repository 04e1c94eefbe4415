import type { Step } from "../../pipeline/exchange.ts";
import { bearerToken, principalOf, type Tokens } from "./tokens.ts";

/** Notes whom the request's token names, taken or not: fault rules are for principals, and strike before sign-in. */
export function identify(tokens: Tokens): Step {
  return async (exchange, next) => {
    const verdict = tokens.verify(bearerToken(exchange.request.headers.authorization));
    if (verdict.kind !== "invalid") exchange.caller = principalOf(verdict.claims);
    return next();
  };
}

import { sameId } from "@azurestack-csp/provider/ids";
import { judgeCaller } from "../../entra/judgeCaller.ts";
import type { Tokens } from "../../entra/tokens.ts";
import {
  expiredToken,
  invalidToken,
  missingAuthorization,
  wrongAudience,
  wrongTenant,
} from "../authenticationErrors.ts";
import type { ArmStep } from "../exchange.ts";

/** Asks for an access token for one of the audiences, of the directory that the addressed subscription trusts. */
export function authenticate(tokens: Tokens, audiences: readonly string[]): ArmStep {
  return async (exchange, next) => {
    const { request, resolution, context, subscription } = exchange;
    if (resolution.operation?.anonymous) return next();
    const challenge = { authority: context.authority(), tenant: subscription?.tenantId ?? "common" };
    const verdict = judgeCaller(request, tokens, audiences);
    switch (verdict.kind) {
      case "missing":
        return missingAuthorization(challenge);
      case "invalid":
        return invalidToken(challenge);
      case "expired":
        return expiredToken(challenge, verdict.expiry, context.now());
      case "wrongAudience":
        return wrongAudience(challenge, verdict.audience, verdict.allowed);
    }
    const { principal } = verdict;
    exchange.principal = principal;
    const isTrusted = !subscription || sameId(principal.tenantId, subscription.tenantId);
    return isTrusted ? next() : wrongTenant(challenge, principal.tenantId);
  };
}

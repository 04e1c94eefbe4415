import { sameId } from "@azurestack-csp/provider/ids";
import { type Acceptance, judgeCaller } from "../../entra/judgeCaller.ts";
import type { Tokens } from "../../entra/tokens.ts";
import {
  expiredToken,
  invalidToken,
  missingAuthorization,
  wrongAudience,
  wrongTenant,
} from "../authenticationErrors.ts";
import type { ArmStep } from "../exchange.ts";

/** Who issues the tokens that are taken, for whom, and where callers are sent for one. */
export interface Authentication extends Acceptance {
  readonly tokens: Tokens;
  /** The path of the authority that stands for every directory. @default the directory that a subscription trusts */
  readonly signInPath?: string;
}

/** Asks for an access token for one of the audiences, of the directory that the addressed subscription trusts. */
export function authenticate({ tokens, signInPath, ...acceptance }: Authentication): ArmStep {
  return async (exchange, next) => {
    const { request, resolution, context, subscription } = exchange;
    if (resolution.operation?.anonymous) return next();
    const challenge = { authority: context.authority(), tenant: signInPath ?? subscription?.tenantId ?? "common" };
    const verdict = judgeCaller(request, tokens, acceptance);
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

import { sameId } from "@azurestack-csp/provider/ids";
import type { Step } from "../../../pipeline/exchange.ts";
import { isAudience, resourceManagerAudiences } from "../../entra/audiences.ts";
import { bearerToken } from "../../entra/tokens.ts";
import {
  expiredToken,
  invalidToken,
  missingAuthorization,
  wrongAudience,
  wrongTenant,
} from "../authenticationErrors.ts";

/** Asks for an access token of the directory that the addressed subscription trusts. */
export const authenticate: Step = async (exchange, next) => {
  const { request, resolution, services, subscription } = exchange;
  if (resolution.operation?.anonymous) return next();
  const challenge = { authority: services.origin(), tenant: subscription?.tenantId ?? "common" };
  if (!request.headers.authorization) return missingAuthorization(challenge);

  const verdict = services.tokens.verify(bearerToken(request.headers.authorization));
  if (verdict.kind === "invalid") return invalidToken(challenge);
  const { claims } = verdict;
  if (verdict.kind === "expired") return expiredToken(challenge, new Date(claims.exp * 1000), services.now());
  const audiences = resourceManagerAudiences(services.origin());
  if (!isAudience(claims.aud, audiences)) return wrongAudience(challenge, claims.aud, audiences);
  exchange.principal = { clientId: claims.appid, objectId: claims.oid, tenantId: claims.tid };
  if (subscription && !sameId(claims.tid, subscription.tenantId)) return wrongTenant(challenge, claims.tid);
  return next();
};

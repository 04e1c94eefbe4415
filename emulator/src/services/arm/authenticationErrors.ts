import type { EmulatorResponse } from "../../pipeline/http.ts";
import { gatewayError } from "./errors.ts";

/** Where the challenge sends a caller: the authority's origin, and the directory the addressed subscription trusts. */
export interface Challenge {
  readonly authority: string;
  readonly tenant: string;
}

/** A request without a token. */
export function missingAuthorization(challenge: Challenge): EmulatorResponse {
  return challenged(challenge, {
    code: "AuthenticationFailed",
    message: "Authentication failed. The 'Authorization' header is missing.",
    description: "The authentication failed because of missing 'Authorization' header.",
  });
}

/** A token that this authority did not issue. */
export function invalidToken(challenge: Challenge): EmulatorResponse {
  return challenged(challenge, {
    code: "InvalidAuthenticationToken",
    message: "The access token is invalid.",
    description: "The access token is invalid.",
  });
}

/** A token for another service. */
export function wrongAudience(challenge: Challenge, audience: string, allowed: readonly string[]): EmulatorResponse {
  return challenged(challenge, {
    code: "InvalidAuthenticationTokenAudience",
    message: `The access token has been obtained for wrong audience or resource '${audience}'. It should exactly match with one of the allowed audiences '${allowed.join(",")}'.`,
    description: "The access token has been obtained from wrong audience or resource.",
  });
}

/** A token of another directory than the addressed subscription trusts. */
export function wrongTenant(challenge: Challenge, tokenTenant: string): EmulatorResponse {
  return challenged(challenge, {
    code: "InvalidAuthenticationTokenTenant",
    message: `The access token is from the wrong issuer 'https://sts.windows.net/${tokenTenant}/'. It must match the tenant 'https://sts.windows.net/${challenge.tenant}/' associated with this subscription. Please use the authority (URL) '${challenge.authority}/${challenge.tenant}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
    description:
      "The access token is from the wrong issuer. It must match the tenant associated with this subscription.",
  });
}

/** A token whose time is over. */
export function expiredToken(challenge: Challenge, expiry: Date, now: Date): EmulatorResponse {
  return challenged(challenge, {
    code: "ExpiredAuthenticationToken",
    message: `The access token expiry UTC time '${usTime(expiry)}' is earlier than current UTC time '${usTime(now)}'.`,
    description: "The access token expiry UTC time is earlier than current UTC time.",
  });
}

interface Wording {
  readonly code: string;
  readonly message: string;
  readonly description: string;
}

function challenged({ authority, tenant }: Challenge, { code, message, description }: Wording): EmulatorResponse {
  const challenge = `Bearer authorization_uri="${authority}/${tenant}", error="invalid_token", error_description="${description}"`;
  return { ...gatewayError(401, code, message), headers: { "WWW-Authenticate": challenge } };
}

/** The form `8/21/2018 3:48:45 PM`. */
function usTime(time: Date): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "short", timeStyle: "medium", timeZone: "UTC" })
    .format(time)
    .replace(/\/(\d\d),/, "/20$1")
    .replace(/\u202f/g, " ");
}

import { decodeClaims } from "./tokens.ts";

/** The audiences that workload identity federation asks for, in the public cloud, US Government's and China's. */
const FEDERATION_AUDIENCES: ReadonlySet<string> = new Set([
  "api://AzureADTokenExchange",
  "api://AzureADTokenExchangeUSGov",
  "api://AzureADTokenExchangeChina",
]);

/** A client assertion, and what it is judged by. */
export interface Assertion {
  /** The JWT. */
  readonly assertion: string;
  /** The authority's address. */
  readonly origin: string;
  readonly now: Date;
}

/** What a client assertion is worth. */
export type AssertionVerdict = "accepted" | "assertionMalformed" | "assertionAudience" | "assertionExpired";

/**
 * Judges a client assertion by its audience and expiry alone.
 *
 * Neither the signature nor issuer and subject are looked at: the emulator has no federated credentials to compare with.
 */
export function checkAssertion({ assertion, origin, now }: Assertion): AssertionVerdict {
  const claims = decodeClaims(assertion);
  if (!claims) return "assertionMalformed";
  const audiences = [claims.aud].flat().map(String);
  if (!audiences.some((aud) => FEDERATION_AUDIENCES.has(aud) || aud.startsWith(`${origin}/`)))
    return "assertionAudience";
  const expiry = claims.exp;
  return typeof expiry === "number" && expiry * 1000 <= now.getTime() ? "assertionExpired" : "accepted";
}

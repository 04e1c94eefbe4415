import type { EmulatorRequest } from "../../pipeline/http.ts";
import type { ServicePrincipal } from "../../store/directories.ts";
import { isAudience } from "./audiences.ts";
import { bearerToken, principalOf, type Tokens } from "./tokens.ts";

/** What a request's token is worth to a service. */
export type CallerVerdict =
  | { readonly kind: "accepted"; readonly principal: ServicePrincipal }
  | { readonly kind: "missing" | "invalid" }
  | { readonly kind: "expired"; readonly expiry: Date }
  | { readonly kind: "wrongAudience"; readonly audience: string };

/** Judges the token that a request bears, for a service that takes tokens for these audiences; its wording is the service's. */
export function judgeCaller({ headers }: EmulatorRequest, tokens: Tokens, audiences: readonly string[]): CallerVerdict {
  if (!headers.authorization) return { kind: "missing" };
  const verdict = tokens.verify(bearerToken(headers.authorization));
  if (verdict.kind === "invalid") return { kind: "invalid" };
  const { aud, exp } = verdict.claims;
  if (verdict.kind === "expired") return { kind: "expired", expiry: new Date(exp * 1000) };
  if (!isAudience(aud, audiences)) return { kind: "wrongAudience", audience: aud };
  return { kind: "accepted", principal: principalOf(verdict.claims) };
}

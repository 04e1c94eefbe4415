import type { EmulatorRequest } from "../../pipeline/http.ts";
import type { ServicePrincipal } from "../../store/directories.ts";
import { isAudience } from "./audiences.ts";
import { bearerToken, principalOf, type Tokens } from "./tokens.ts";

/** What a request's token is worth to a service. */
export type CallerVerdict =
  | { readonly kind: "accepted"; readonly principal: ServicePrincipal }
  | { readonly kind: "missing" | "invalid" }
  | { readonly kind: "expired"; readonly expiry: Date }
  | { readonly kind: "wrongAudience"; readonly audience: string; readonly allowed: readonly string[] };

/** What a token has to be for. */
export interface Acceptance {
  /** Each with a slash at its end. */
  readonly audiences: readonly string[];
  /** Whether one for the address that the request came to is taken as well. @default true */
  readonly takesOwnAddress?: boolean;
}

/** Judges the token that a request bears. */
export function judgeCaller(
  { headers, origin }: EmulatorRequest,
  tokens: Tokens,
  { audiences, takesOwnAddress = true }: Acceptance,
): CallerVerdict {
  if (!headers.authorization) return { kind: "missing" };
  const verdict = tokens.verify(bearerToken(headers.authorization));
  if (verdict.kind === "invalid") return { kind: "invalid" };
  const { aud, exp } = verdict.claims;
  if (verdict.kind === "expired") return { kind: "expired", expiry: new Date(exp * 1000) };
  const allowed = takesOwnAddress ? [...audiences, `${origin}/`] : audiences;
  if (!isAudience(aud, allowed)) return { kind: "wrongAudience", audience: aud, allowed };
  return { kind: "accepted", principal: principalOf(verdict.claims) };
}

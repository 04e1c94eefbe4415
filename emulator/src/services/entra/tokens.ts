import {
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
  verify,
} from "node:crypto";
import { promisify } from "node:util";
import type { ServicePrincipal } from "../../store/directories.ts";

const KEY_ID = "azurestack-csp-emulator";

/** How long an access token lives; Entra's answer says 3599. */
export const TOKEN_LIFETIME_IN_SECONDS = 3599;

/** What an access token says. */
export interface AccessTokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  readonly oid: string;
  readonly appid: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

type TokenVerdict =
  | { readonly kind: "valid" | "expired"; readonly claims: AccessTokenClaims }
  | { readonly kind: "invalid" };

/** The authority's access tokens. */
export interface Tokens {
  issue(principal: ServicePrincipal, audience: string): string;
  verify(token: string): TokenVerdict;
  /** The public key, as the authority's key document has it. */
  readonly publicKey: JsonWebKey & { readonly kid: string; readonly use: "sig" };
}

/** The key of this process, as Entra's keys are the same for all its directories: making one takes a tenth of a second. */
let madeKeys: Promise<KeyPairKeyObjectResult> | undefined;

/** Issues and checks access tokens (RS256), with a key that all emulators of the process share. */
export async function createTokens(now: () => Date): Promise<Tokens> {
  madeKeys ??= promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const keys = await madeKeys;
  const known = new Map<string, AccessTokenClaims>();
  const nowInSeconds = () => Math.floor(now().getTime() / 1000);
  let issued = 0;

  return {
    publicKey: { ...keys.publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig" },
    issue({ clientId, objectId, tenantId }, audience) {
      const issuedAt = nowInSeconds();
      issued += 1;
      const claims = {
        aud: audience,
        iss: `https://sts.windows.net/${tenantId}/`,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + TOKEN_LIFETIME_IN_SECONDS,
        appid: clientId,
        appidacr: "1",
        idtyp: "app",
        oid: objectId,
        sub: objectId,
        tid: tenantId,
        uti: issued.toString(36).padStart(22, "A"),
        ver: "1.0",
      };
      const token = signToken(claims, keys.privateKey);
      known.set(token, claims);
      return token;
    },
    verify(token) {
      const claims = known.get(token) ?? readToken(token, keys.publicKey);
      if (!claims) return { kind: "invalid" };
      known.set(token, claims);
      return { kind: claims.exp <= nowInSeconds() ? "expired" : "valid", claims };
    },
  };
}

/** The token of an `Authorization` header; empty where there is none. */
export function bearerToken(authorization: string | undefined): string {
  return /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
}

/** Whom a token names. */
export function principalOf({ appid, oid, tid }: AccessTokenClaims): ServicePrincipal {
  return { clientId: appid, objectId: oid, tenantId: tid };
}

/** The claims of a JWT, unchecked; `undefined` when the text is not one. */
export function decodeClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof claims === "object" && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}

function signToken(claims: object, privateKey: KeyObject): string {
  const header = { typ: "JWT", alg: "RS256", kid: KEY_ID };
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${content}.${sign("RSA-SHA256", Buffer.from(content), privateKey).toString("base64url")}`;
}

function readToken(token: string, publicKey: KeyObject): AccessTokenClaims | undefined {
  const split = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(split + 1), "base64url");
  if (split < 0 || !verify("RSA-SHA256", Buffer.from(token.slice(0, split)), publicKey, signature)) return undefined;
  const { aud, iss, tid, oid, appid, exp } = decodeClaims(token) ?? {};
  return {
    aud: String(aud),
    iss: String(iss),
    tid: String(tid),
    oid: String(oid),
    appid: String(appid),
    exp: Number(exp),
  };
}

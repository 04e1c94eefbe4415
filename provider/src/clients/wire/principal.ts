import { parseObject } from "../../domain/json.ts";
import { text } from "./foreignText.ts";

/**
 * Who a request spoke for: the client or object id in the token of its `Authorization` header.
 *
 * The claims are read without checking the signature: they only name the principal in the change log.
 */
export function principalIn(authorization: string | undefined): string | undefined {
  const [, payload = ""] = (authorization ?? "").split(".");
  const claims = parseObject(Buffer.from(payload, "base64url").toString("utf8"));
  return text(claims?.appid) ?? text(claims?.azp) ?? text(claims?.oid);
}

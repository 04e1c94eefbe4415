import { isObject, member, parseObject } from "../../domain/json.ts";
import type { ServiceError } from "../wire/answer.ts";
import { sentences, text } from "../wire/foreignText.ts";

/**
 * The error in a body: `{"error":{"code","message"}}`, or the same without its envelope, names in any letter case.
 *
 * @returns `undefined` where the body is not an error of ARM's.
 */
export function readArmError(body: string): ServiceError | undefined {
  const parsed = parseObject(body);
  if (!parsed) return undefined;
  const inner = member(parsed, "error");
  const error = isObject(inner) ? inner : parsed;
  const code = text(member(error, "code"));
  const message = sentences(member(error, "message"));
  return code === undefined && message === undefined ? undefined : { code, message };
}

import { isObject, type JsonObject, readObject } from "../../pipeline/bodies.ts";
import type { EmulatorRequest, EmulatorResponse } from "../../pipeline/http.ts";
import { invalidRequestContent, unsupportedMediaType } from "./errors.ts";

/** A request's body, or ARM's refusal of it. */
export type ReadBody =
  | { readonly kind: "read"; readonly value: JsonObject }
  | { readonly kind: "refused"; readonly response: EmulatorResponse };

/**
 * Reads the body of an ARM request: a JSON object, sent as `application/json`, whose `properties` are an object too.
 *
 * No body at all, which clients send to actions and plain PUTs, reads as an empty object.
 */
export function readBody({ headers, body }: EmulatorRequest): ReadBody {
  if (body.trim() === "") return { kind: "read", value: {} };
  const mediaType = headers["content-type"];
  if (mediaType?.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    return { kind: "refused", response: unsupportedMediaType(mediaType) };
  }
  const read = readObject(body);
  if (read.kind === "unreadable") return { kind: "refused", response: invalidRequestContent(read.reason) };
  if (isObject(read.value.properties ?? {})) return read;
  return { kind: "refused", response: invalidRequestContent("The member 'properties' is not a JSON object.") };
}

/** The member `tags`, its values as texts; `undefined` where it is no object. */
export function tagsIn(value: JsonObject): Readonly<Record<string, string>> | undefined {
  if (!isObject(value.tags)) return undefined;
  return Object.fromEntries(Object.entries(value.tags).map(([name, tag]) => [name, String(tag)]));
}

import { invalidRequestContent, unsupportedMediaType } from "../services/arm/errors.ts";
import type { EmulatorRequest, EmulatorResponse } from "./http.ts";

/** A JSON object's members. */
export type JsonObject = Readonly<Record<string, unknown>>;

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
  if (read.kind === "refused" || isObject(read.value.properties ?? {})) return read;
  return { kind: "refused", response: invalidRequestContent("The member 'properties' is not a JSON object.") };
}

/** Reads a text as a JSON object; an empty one reads as an empty object. */
export function readObject(text: string): ReadBody {
  if (text.trim() === "") return { kind: "read", value: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { kind: "read", value };
    return { kind: "refused", response: invalidRequestContent("The content is not a JSON object.") };
  } catch (error) {
    return { kind: "refused", response: invalidRequestContent(error instanceof Error ? error.message : String(error)) };
  }
}

/** The member when it is an object, else an empty one. */
export function objectIn(value: JsonObject, name: string): JsonObject {
  const member = value[name];
  return isObject(member) ? member : {};
}

/** The member when it is a text, else `undefined`. */
export function textIn(value: JsonObject, name: string): string | undefined {
  const member = value[name];
  return typeof member === "string" ? member : undefined;
}

/** The member when it is an object of texts, as tags are; else `undefined`. */
export function tagsIn(value: JsonObject): Readonly<Record<string, string>> | undefined {
  if (!isObject(value.tags)) return undefined;
  return Object.fromEntries(Object.entries(value.tags).map(([name, tag]) => [name, String(tag)]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON object's members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What reading a text as a JSON object came to. */
export type ReadObject =
  | { readonly kind: "read"; readonly value: JsonObject }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Reads a text as a JSON object; an empty one reads as an empty object. */
export function readObject(text: string): ReadObject {
  if (text.trim() === "") return { kind: "read", value: {} };
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value)
      ? { kind: "read", value }
      : { kind: "unreadable", reason: "The content is not a JSON object." };
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the value is a JSON object, and neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

/**
 * The text by which Pulumi's engine stands in for a value that is not known.
 *
 * A preview hands it on, and since 3.27x a real run leaves it in outputs that depend on a resource which failed. It has
 * the shape of a GUID, so it must be recognised before an id is judged (pulumi/pulumi, sdk/nodejs/runtime/rpc.ts,
 * `unknownValue`).
 */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value, or any part of an array or object, is still unknown. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === "string") return value === UNKNOWN_VALUE;
  if (Array.isArray(value)) return value.some(isUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(isUnknown);
  return false;
}

/** Whether an id is the stand-in, in whatever letter case it was copied. */
export function isStandIn(id: string): boolean {
  return id.toLowerCase() === UNKNOWN_VALUE;
}

import type { UsageRow } from "./usageRow.ts";

/** What a row says of the resource. */
export type InstanceData = Pick<UsageRow, "resourceId" | "resourceUri" | "location" | "tags" | "additionalInfo">;

const NONE: InstanceData = {
  resourceId: "",
  resourceUri: undefined,
  location: undefined,
  tags: undefined,
  additionalInfo: undefined,
};

/**
 * Reads `instanceData`: JSON text of `{"Microsoft.Resources": {resourceUri, location, tags, additionalInfo}}`, in which `tags`
 * and `additionalInfo` are texts again.
 *
 * Objects are taken in the place of texts, and `""`, `"null"` and nothing all mean none (recorded answers and
 * documentation differ).
 *
 * @returns `undefined` where it is anything else.
 */
export function readInstanceData(value: unknown): InstanceData | undefined {
  const data = typeof value === "string" && value !== "" ? parse(value) : value;
  if (isNone(data)) return NONE;
  if (!isObject(data)) return undefined;
  const resource = data["Microsoft.Resources"];
  if (isNone(resource)) return NONE;
  if (!isObject(resource)) return undefined;
  const resourceUri = plainText(resource.resourceUri);
  const location = plainText(resource.location);
  if (resourceUri === null || location === null) return undefined;
  return {
    resourceId: resourceUri?.replaceAll("\\", "/").toLowerCase() ?? "",
    resourceUri,
    location,
    tags: jsonText(resource.tags),
    additionalInfo: jsonText(resource.additionalInfo),
  };
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The text, `undefined` for none, `null` for what is no text. */
function plainText(value: unknown): string | undefined | null {
  if (isNone(value)) return undefined;
  return typeof value === "string" ? value : null;
}

function jsonText(value: unknown): string | undefined {
  if (isNone(value) || value === "null") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

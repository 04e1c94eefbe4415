import { isObject, member } from "../json.ts";
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

const RESOURCE_MEMBERS = ["resourceuri", "location", "tags", "additionalinfo"];

/**
 * Reads `instanceData`: JSON text of `{"Microsoft.Resources": {resourceUri, location, tags, additionalInfo}}`, in which `tags`
 * and `additionalInfo` are texts again.
 *
 * Objects are taken in the place of texts, members in any letter case, and `""`, `"null"` and nothing all mean none
 * (recorded answers and documentation differ).
 *
 * @returns `undefined` where it is anything else: rows whose resource is not understood would pass for one another.
 */
export function readInstanceData(value: unknown): InstanceData | undefined {
  const data = typeof value === "string" && value !== "" ? parse(value) : value;
  if (isNone(data)) return NONE;
  if (!isObject(data)) return undefined;
  const resource = member(data, "microsoft.resources");
  if (isNone(resource)) return knowsOnly(data, ["microsoft.resources"]) ? NONE : undefined;
  if (!isObject(resource)) return undefined;
  const resourceUri = plainText(member(resource, "resourceuri"));
  const location = plainText(member(resource, "location"));
  if (resourceUri === null || location === null) return undefined;
  if (resourceUri === undefined && !knowsOnly(resource, RESOURCE_MEMBERS)) return undefined;
  return {
    resourceId: resourceUri?.replaceAll("\\", "/").toLowerCase() ?? "",
    resourceUri,
    location,
    tags: jsonText(member(resource, "tags")),
    additionalInfo: jsonText(member(resource, "additionalinfo")),
  };
}

/** Whether there is nothing in it that may be a resource by another name. */
function knowsOnly(object: Readonly<Record<string, unknown>>, lowerCaseNames: readonly string[]): boolean {
  return Object.keys(object).every((name) => lowerCaseNames.includes(name.toLowerCase()));
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === "";
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

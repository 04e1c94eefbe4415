import { sameId } from "@azurestack-csp/provider/ids";
import type { Address } from "../../pipeline/address.ts";
import type { JsonObject } from "../../pipeline/bodies.ts";

/** One condition of a list's filter. */
export interface FilterCondition {
  /** In lower case: clients write `tagName` and `tagname`. */
  readonly name: string;
  readonly value: string;
}

/** The conditions of `$filter=name eq 'value' and …`; its other forms select everything. */
export function filterConditions({ query }: Address): readonly FilterCondition[] {
  const filter = query.get("$filter") ?? "";
  return [...filter.matchAll(/(\w+)\s+eq\s+'((?:[^']|'')*)'/g)].map(([, name = "", value = ""]) => ({
    name: name.toLowerCase(),
    value: value.replaceAll("''", "'"),
  }));
}

/** Whether the tags hold the one that the conditions name by `tagName` and `tagValue`; names in any letter case. */
export function hasTag(tags: JsonObject, conditions: readonly FilterCondition[]): boolean {
  const [name, value] = ["tagname", "tagvalue"].map((wanted) => conditions.find((one) => one.name === wanted)?.value);
  if (name === undefined && value === undefined) return true;
  return Object.entries(tags).some(
    ([key, tag]) => (name === undefined || sameId(key, name)) && (value === undefined || tag === value),
  );
}

import type { Issue } from "../issues.ts";
import { describeNode, type MapNode, type ScalarNode, type SourceNode } from "./formats/sourceNode.ts";
import { nearest } from "./nearest.ts";
import type { Place } from "./tenantList.ts";
import type { IssueCollector } from "./tenantListIssue.ts";

/** Which keys a map may have, and what it is, in words. */
export interface MapShape {
  readonly known: readonly string[];
  readonly of: string;
  /** What is said of a key that is near none of them. @default nothing */
  readonly otherwise?: string;
}

/** The values of a map by key; a key that is empty or null counts as not given. */
export type Fields = ReadonlyMap<string, SourceNode>;

/** Finds what keeps a text from being a value, as the domain's validators do. */
type Validator = (path: string, value: string) => Issue | undefined;

/** Takes values out of nodes; what does not fit becomes an issue. */
export interface NodeReader {
  readonly issues: IssueCollector;
  /** The fields of a map, or `undefined` where the node is none; reports keys that the shape lacks. */
  fields(node: SourceNode, shape: MapShape): Fields | undefined;
  /** The text of a single value without white space around it, judged by the validator; `undefined` where absent or none. */
  text(node: SourceNode | undefined, validator?: Validator): string | undefined;
  /** The single values of a list; none where the node is no list. */
  scalars(node: SourceNode, expected: string): readonly ScalarNode[];
  /** Says that a required field is missing from the map at the place. */
  missing(map: Place, key: string): void;
  /** Says that the node is not what is expected. */
  unexpected(node: SourceNode, expected: string): void;
}

/** A reader that reports to the collector. */
export function createNodeReader(issues: IssueCollector): NodeReader {
  function unexpected(node: SourceNode, expected: string): void {
    const property = node.place.path;
    issues.error(node.place, "CSP_INPUT_TYPE", { property, given: describeNode(node), expected });
  }

  return {
    issues,
    unexpected,
    fields(node, shape) {
      if (node.kind !== "map") {
        unexpected(node, `a map of ${shape.known.join(", ")}`);
        return undefined;
      }
      for (const { key, place } of node.entries) {
        if (!shape.known.includes(key)) {
          issues.repeated(place, "CSP_LIST_UNKNOWN_KEY", `${key} in ${shape.of}`, () => unknownKey(key, shape));
        }
      }
      return givenFields(node);
    },
    text(node, validator) {
      if (!node) return undefined;
      if (node.kind !== "scalar" || node.text === undefined) {
        unexpected(node, "a single text");
        return undefined;
      }
      const text = node.text.trim();
      issues.take(node.place, validator?.(node.place.path, text));
      return text;
    },
    scalars(node, expected) {
      if (node.kind !== "list") {
        unexpected(node, expected);
        return [];
      }
      return node.items.filter((item): item is ScalarNode => {
        if (item.kind === "scalar" && isGiven(item)) return true;
        unexpected(item, "a single text");
        return false;
      });
    },
    missing(map, key) {
      const property = map.path === "" ? key : `${map.path}.${key}`;
      issues.error({ ...map, path: property }, "CSP_INPUT_REQUIRED", { property, hint: "" });
    },
  };
}

/** Whether the node holds anything: null and empty text do not. */
export function isGiven(node: SourceNode): boolean {
  return node.kind !== "scalar" || (node.text !== undefined && node.text.trim() !== "");
}

function givenFields(node: MapNode): Fields {
  const fields = new Map<string, SourceNode>();
  for (const { key, value } of node.entries) if (isGiven(value)) fields.set(key, value);
  return fields;
}

/** The details of an issue about a key that the shape lacks. */
export function unknownKey(key: string, { known, of, otherwise = "" }: MapShape) {
  return { key, place: of, nearest: nearest(key, known) || otherwise, known: known.join(", ") };
}

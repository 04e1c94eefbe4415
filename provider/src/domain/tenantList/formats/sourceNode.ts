import type { Place } from "../tenantList.ts";

/** A single value; `text` is what the file says, whatever type YAML would make of it, and `undefined` for null. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly text: string | undefined;
  readonly place: Place;
}

/** A list of values. */
interface ListNode {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
  readonly place: Place;
}

/** A map with unique keys, in the order of the file. */
export interface MapNode {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
  readonly place: Place;
}

/** One key of a map and its value. */
export interface MapEntry {
  readonly key: string;
  /** Where the key stands. */
  readonly place: Place;
  readonly value: SourceNode;
}

/** What a file holds, whatever format it is written in, with the place of everything. */
export type SourceNode = ScalarNode | ListNode | MapNode;

/** What a node is, in words, for messages. */
export function describeNode(node: SourceNode): string {
  if (node.kind === "list") return "a list";
  if (node.kind === "map") return "a map";
  return node.text === undefined ? "empty" : `"${node.text}"`;
}

/** The place of an item of a list; the items of `tenants` are rows. */
export function itemPlace(list: Place, index: number): Place {
  const row = list.path === "tenants" ? { row: index + 1 } : {};
  return { ...list, ...row, path: `${list.path}[${index}]` };
}

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

/** The place of an item of a list; the items of a list that is a value of the whole file, as `tenants` is, are rows. */
export function itemPlace(list: Place, index: number): Place {
  const { file, line, column, row, path: above } = list;
  // Each part of a text that is put together takes memory, so the short ones come first.
  const item = `[${index}]`;
  const path = `${above}${item}`;
  if (!/[.[]/.test(above) && above !== "") return { file, line, column, row: index + 1, path };
  return row === undefined ? { file, line, column, path } : { file, line, column, row, path };
}

/** The same place with another path. Written out: a copy of all fields takes several times as long. */
export function placeWith({ file, line, column, row }: Place, path: string): Place {
  return row === undefined ? { file, line, column, path } : { file, line, column, row, path };
}

/** How much of a key a path holds; each value below has it in its own path. */
const LONGEST_KEY = 200;

/** The path of a key of a map. */
export function pathOf(map: string, key: string): string {
  const shown = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
  return map === "" ? shown : `${map}.${shown}`;
}

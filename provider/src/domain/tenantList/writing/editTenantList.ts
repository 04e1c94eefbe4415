import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  stringify,
  visit,
  YAMLMap,
  YAMLSeq,
} from "yaml";
import type { Tenant } from "../tenantList.ts";
import { editCsv } from "./editCsv.ts";
import { jsonText } from "./jsonText.ts";
import { type RowChange, type RowEdits, splitMark, toRow, type WritableTenant } from "./rows.ts";

/** One change of a file of a tenant list. */
export type TenantListEdit =
  | { readonly kind: "add"; readonly tenant: WritableTenant }
  | { readonly kind: "change"; readonly from: Tenant; readonly to: WritableTenant }
  | { readonly kind: "remove"; readonly tenant: Tenant };

/** A file of a list that was parsed without errors, and what is to become of it. */
export interface EditRequest {
  /** The name that the file was parsed under; its ending tells the format. */
  readonly file: string;
  readonly text: string;
  /** Edits of rows in this file; the tenants of `change` and `remove` are those that were parsed from it. */
  readonly edits: readonly TenantListEdit[];
}

/**
 * Rewrites a file of a tenant list: rows are added at the end, changed key by key, and removed.
 *
 * Comments, order, and the spelling of what is not changed stay. In YAML, indentation and spaces come out even; JSON is
 * indented by two spaces; CSV keeps its separator, line breaks and byte-order mark.
 *
 * @returns the new text.
 * @throws Error where a removed row holds an anchor that other rows refer to, or the text cannot be read.
 */
export function editTenantList({ file, text, edits }: EditRequest): string {
  const rows = byRow(edits);
  const ending = file.toLowerCase().split(".").at(-1);
  if (ending === "csv") return editCsv(text, rows);
  const { mark, content } = splitMark(text);
  // Values keep the spelling of the file: in other schemas 007 would be written as 7.
  const document = parseDocument(content, { schema: "failsafe", resolveKnownTags: false, merge: false });
  const [unreadable] = document.errors;
  if (unreadable) throw unreadable;
  editRows(document, rows);
  if (ending === "json") return `${mark}${jsonText(document.contents)}\n`;
  keepPadding(document, content);
  const written = document.toString({ lineWidth: 0 });
  return `${mark}${content.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written}`;
}

/** Gives lists and maps on one line the spaces inside brackets that the file has; the library knows one width for both. */
function keepPadding(document: Document, text: string): void {
  const list = /\[ +[^\s\]]/.test(text) ? " " : "";
  const map = /\{[^\s}]/.test(text) ? "" : " ";
  visit(document, {
    Collection(_, node) {
      const flowCollectionPadding = isSeq(node) ? list : map;
      const print = node.toString.bind(node);
      node.toString = (context, ...rest) => print(context && { ...context, flowCollectionPadding }, ...rest);
    },
  });
}

function byRow(edits: readonly TenantListEdit[]): RowEdits {
  const indexOf = ({ place }: Tenant) => Number(/^tenants\[(\d+)\]/.exec(place.path)?.[1]);
  return {
    changed: new Map(
      edits.flatMap((edit) =>
        edit.kind === "change" ? [[indexOf(edit.from), { from: toRow(edit.from), to: toRow(edit.to) }] as const] : [],
      ),
    ),
    removed: new Set(edits.flatMap((edit) => (edit.kind === "remove" ? [indexOf(edit.tenant)] : []))),
    added: edits.flatMap((edit) => (edit.kind === "add" ? [toRow(edit.tenant)] : [])),
  };
}

function editRows(document: Document, { changed, removed, added }: RowEdits): void {
  const tenants = tenantsOf(document);
  for (const [index, change] of changed) {
    const row = tenants.items[index];
    if (isMap(row)) changeRow(document, row, change);
    else tenants.items[index] = toNode(document, change.to);
  }
  tenants.items = tenants.items.filter((_, index) => !removed.has(index));
  tenants.items.push(...added.map((row) => toNode(document, row)));
  // An empty list in flow style would take its first rows in flow style, too.
  if (tenants.items.length > 0 && added.length === tenants.items.length) tenants.flow = false;
}

function tenantsOf(document: Document): YAMLSeq {
  const tenants = document.get("tenants");
  if (isSeq(tenants)) return tenants;
  const created = new YAMLSeq();
  if (!isMap(document.contents)) document.contents = new YAMLMap();
  document.set(new Scalar("tenants"), created);
  return created;
}

/** Touches only the keys that the change touches: others may come from `defaults`, or be written in another way. */
function changeRow(document: Document, row: YAMLMap, { from, to }: RowChange): void {
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const value = to.get(key);
    if (isSame(from.get(key), value)) continue;
    if (value === undefined) row.delete(key);
    else setValue(row, key, toNode(document, value));
  }
}

/** A text keeps the comment behind it. */
function setValue(row: YAMLMap, key: string, value: Node): void {
  const before = row.get(key, true);
  if (isScalar(before) && isScalar(value)) value.comment = before.comment ?? null;
  row.set(new Scalar(key), value);
}

function isSame(left: unknown, right: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(value, (_, each) => (each instanceof Map ? ["map", ...each] : each));
  return text(left) === text(right);
}

/** The value as a node; texts that YAML would take for something else are quoted for other readers' sake. */
function toNode(document: Document, value: unknown): Node {
  const node = document.createNode(value);
  visit(node, {
    Scalar(_, scalar) {
      if (scalar.value === null) Object.assign(scalar, { value: "null", source: "null", type: "PLAIN" });
      else if (stringify(scalar.value, { lineWidth: 0 }) !== `${scalar.value}\n`) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return node;
}

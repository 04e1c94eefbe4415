import { isMap, isScalar, isSeq, type Node } from "yaml";

/**
 * The node as JSON, indented by two spaces.
 *
 * It is written from the node and not from a value, because objects would put keys that look like numbers first, and
 * large numbers would lose digits.
 */
export function jsonText(node: Node | null | undefined, indent = ""): string {
  const inner = `${indent}  `;
  if (isMap<Node, Node>(node)) {
    const pairs = node.items.map(({ key, value }) => `${jsonText(key, inner)}: ${jsonText(value, inner)}`);
    return pairs.length === 0 ? "{}" : `{\n${inner}${pairs.join(`,\n${inner}`)}\n${indent}}`;
  }
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => jsonText(item, inner));
    return items.length === 0 ? "[]" : `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
  }
  if (!isScalar(node) || node.value === null) return "null";
  return node.type === "PLAIN" && node.source !== undefined ? node.source : JSON.stringify(String(node.value));
}

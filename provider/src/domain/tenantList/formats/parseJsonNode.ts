import jsonc, { type Node, type ParseError } from "jsonc-parser";
import { formatPlace, type Place } from "../tenantList.ts";
import { lineCounterOf } from "./lineCounter.ts";
import { DEEPEST, type ParseRequest, TOO_DEEP } from "./parseYamlNode.ts";
import { itemPlace, type MapEntry, type SourceNode } from "./sourceNode.ts";

/** What the parser misses or refuses, in words, by its name for it. */
const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: "a word, a sign or a single quote stands where a value is expected",
  InvalidNumberFormat: "a number is not written as JSON writes it",
  PropertyNameExpected: "a key in double quotes is expected here, or a comma before it is one too many",
  ValueExpected: "a value is expected here, or a comma before it is one too many",
  ColonExpected: "a colon is expected here",
  CommaExpected: "a comma is expected here",
  CloseBraceExpected: "a closing brace is expected here",
  CloseBracketExpected: "a closing bracket is expected here",
  EndOfFileExpected: "something stands behind the end of the value",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "a text is not closed on its line",
  UnexpectedEndOfNumber: "a number is cut off",
  InvalidUnicode: "`\\u` takes four hexadecimal digits",
  InvalidEscapeCharacter: 'only \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u may follow a backslash in a text',
  InvalidCharacter: "a control character stands in a text, where JSON writes \\n, \\t or \\u",
};

/** What a JSON file holds, numbers as they are spelled, or `undefined` with issues: strict JSON, without comments. */
export function parseJsonNode({ file, text, issues }: ParseRequest): SourceNode | undefined {
  const lines = lineCounterOf(text);
  const root: Place = { file, line: 1, column: 1, path: "" };
  const placeAt = (offset: number, base: Place): Place => {
    const { line, col } = lines.linePos(offset);
    return { ...base, line, column: col };
  };
  if (text.trim() === "") {
    issues.error(root, "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const tooDeepAt = findTooDeep(text);
  if (tooDeepAt !== undefined) {
    issues.error(placeAt(tooDeepAt, root), "CSP_LIST_SYNTAX", { format: "JSON", ...TOO_DEEP });
    return undefined;
  }
  const errors: ParseError[] = [];
  const tree = jsonc.parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  // One slip makes the parser complain of what follows, too.
  const [first] = errors;
  if (first || !tree) {
    const reason = (first && REASONS[jsonc.printParseErrorCode(first.error)]) ?? "it cannot be read";
    const remedy = "Correct it here or right before; a file with comments is YAML, so call it .yaml.";
    issues.error(placeAt(first?.offset ?? 0, root), "CSP_LIST_SYNTAX", { format: "JSON", reason, remedy });
    return undefined;
  }

  function convert(node: Node, base: Place): SourceNode {
    const place = placeAt(node.offset, base);
    const { type, children = [] } = node;
    if (type === "object") return { kind: "map", entries: convertEntries(children, place), place };
    if (type === "array") {
      const items = children.map((child, index) => convert(child, itemPlace(place, index)));
      return { kind: "list", items, place };
    }
    return { kind: "scalar", text: scalarText(node), place };
  }

  function convertEntries(properties: readonly Node[], parent: Place): readonly MapEntry[] {
    const entries = new Map<string, MapEntry>();
    for (const { children: [keyNode, valueNode] = [] } of properties) {
      if (!keyNode || !valueNode) continue;
      const key = String(keyNode.value);
      const place = placeAt(keyNode.offset, { ...parent, path: parent.path === "" ? key : `${parent.path}.${key}` });
      const first = entries.get(key);
      if (first) issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(first.place) });
      else entries.set(key, { key, place, value: convert(valueNode, place) });
    }
    return [...entries.values()];
  }

  function scalarText({ type, value, offset, length }: Node): string | undefined {
    if (type === "null") return undefined;
    return type === "number" ? text.slice(offset, offset + length) : String(value);
  }

  return convert(tree, root);
}

/** Where brackets outside of texts open a level too many; the parser recurses with them. */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"\\\n]*(?:\\.[^"\\\n]*)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > DEEPEST) return index;
  }
  return undefined;
}

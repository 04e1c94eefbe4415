import jsonc, { type JSONVisitor } from "jsonc-parser";
import { formatPlace, type Place } from "../tenantList.ts";
import { createLineCursor, lineCounterOf } from "./lineCounter.ts";
import { DEEPEST, type ParseRequest, TOO_DEEP } from "./parseYamlNode.ts";
import { itemPlace, type MapEntry, pathOf, type SourceNode } from "./sourceNode.ts";

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
  const root: Place = { file, line: 1, column: 1, path: "" };
  if (text.trim() === "") {
    issues.error(root, "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const refuse = (offset: number, details: { readonly reason: string; readonly remedy: string }) => {
    const { line, col } = lineCounterOf(text).linePos(offset);
    issues.error({ ...root, line, column: col }, "CSP_LIST_SYNTAX", { format: "JSON", ...details });
    return undefined;
  };
  const tooDeepAt = findTooDeep(text);
  if (tooDeepAt !== undefined) return refuse(tooDeepAt, TOO_DEEP);
  const { tree, problem, duplicates } = readTree(text, root);
  if (problem || !tree) {
    const reason = (problem && REASONS[jsonc.printParseErrorCode(problem.error)]) ?? "it cannot be read";
    const remedy = "Correct it here or right before; a file with comments is YAML, so call it .yaml.";
    return refuse(problem?.offset ?? 0, { reason, remedy });
  }
  for (const { key, place, first } of duplicates)
    issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(first) });
  return tree;
}

/** A map or list whose end has not been read. */
type Open =
  | { readonly kind: "list"; readonly place: Place; readonly items: SourceNode[] }
  | {
      readonly kind: "map";
      readonly place: Place;
      readonly entries: Map<string, MapEntry>;
      /** The key that was read last, and where it stands. */
      last: Pick<MapEntry, "key" | "place">;
    };

interface Duplicate extends Pick<MapEntry, "key" | "place"> {
  readonly first: Place;
}

interface Tree {
  /** Absent where there is none. */
  readonly tree: SourceNode | undefined;
  /** The first thing that is wrong: one slip makes the parser complain of what follows, too. */
  readonly problem: { readonly error: number; readonly offset: number } | undefined;
  readonly duplicates: readonly Duplicate[];
}

/** Makes the nodes while the text is read: a tree of the parser's own would take as much memory again. */
function readTree(text: string, root: Place): Tree {
  const open: Open[] = [];
  const duplicates: Duplicate[] = [];
  let tree: SourceNode | undefined;
  let problem: Tree["problem"];
  const lineAt = createLineCursor(text);
  const placeAt = (offset: number, base: Place): Place => {
    const { line, column } = lineAt(offset);
    return { ...base, line, column };
  };

  function placeOfValue(offset: number): Place {
    const above = open.at(-1);
    if (above === undefined) return placeAt(offset, root);
    return placeAt(offset, above.kind === "list" ? itemPlace(above.place, above.items.length) : above.last.place);
  }

  function put(value: SourceNode): void {
    const above = open.at(-1);
    if (above === undefined) tree = value;
    else if (above.kind === "list") above.items.push(value);
    else {
      const { key, place } = above.last;
      const first = above.entries.get(key);
      if (first) duplicates.push({ key, place, first: first.place });
      else above.entries.set(key, { key, place, value });
    }
  }

  function close(): void {
    const closed = open.pop();
    if (closed?.kind === "list") put(closed);
    else if (closed) put({ kind: "map", entries: [...closed.entries.values()], place: closed.place });
  }

  const visitor: JSONVisitor = {
    onObjectBegin(offset) {
      const place = placeOfValue(offset);
      open.push({ kind: "map", place, entries: new Map(), last: { key: "", place } });
    },
    onArrayBegin: (offset) => void open.push({ kind: "list", place: placeOfValue(offset), items: [] }),
    onObjectEnd: close,
    onArrayEnd: close,
    onObjectProperty(key, offset) {
      const map = open.at(-1);
      if (map?.kind !== "map") return;
      map.last = { key, place: placeAt(offset, { ...map.place, path: pathOf(map.place.path, key) }) };
    },
    onLiteralValue(value: unknown, offset, length) {
      const spelled = typeof value === "number" ? text.slice(offset, offset + length) : String(value);
      put({ kind: "scalar", text: value === null ? undefined : spelled, place: placeOfValue(offset) });
    },
    onError(error, offset) {
      problem ??= { error, offset };
    },
  };
  jsonc.visit(text, visitor, { disallowComments: true, allowTrailingComma: false });
  return { tree, problem, duplicates };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** Where brackets outside of texts open a level too many; the parser recurses with them. */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfText(text, at);
    // Both brackets and braces: [ and {, ] and }.
    else if (sign === 0x5b || sign === 0x7b) depth += 1;
    else if (sign === 0x5d || sign === 0x7d) depth -= 1;
    if (depth > DEEPEST) return at;
  }
  return undefined;
}

/** Where the text that begins there ends, at the latest with its line, as the parser has it. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE || sign === NEWLINE) return at;
    if (sign === BACKSLASH) at += 1;
  }
  return text.length;
}

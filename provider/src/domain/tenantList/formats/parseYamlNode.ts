import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { formatPlace, type Place } from "../tenantList.ts";
import type { IssueCollector } from "../tenantListIssue.ts";
import { lineCounterOf } from "./lineCounter.ts";
import { itemPlace, type MapEntry, pathOf, type SourceNode } from "./sourceNode.ts";

/** A list needs five levels; the rest is room for what unknown keys hold. */
export const DEEPEST = 32;

/** What is said of a text that goes deeper. */
export const TOO_DEEP = { reason: "it is nested too deeply", remedy: "Write it flat." } as const;

/** The text of a file, and where its problems go. */
export interface ParseRequest {
  readonly file: string;
  /** Without a byte-order mark. */
  readonly text: string;
  readonly issues: IssueCollector;
}

/**
 * What a YAML file holds, or `undefined` with issues.
 *
 * Values keep the spelling of the file: `no`, `1e3`, `007` and dates are texts, whatever YAML would make of them.
 */
export function parseYamlNode(request: ParseRequest): SourceNode | undefined {
  const { file, issues } = request;
  const lines = lineCounterOf(request.text);
  const root: Place = { file, line: 1, column: 1, path: "" };
  const placeAt = (offset: number, base: Place): Place => {
    const { line, col } = lines.linePos(offset);
    return { ...base, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseDocument(request.text, {
    schema: "core",
    // The converter reports duplicates with both places, and explicit types have no use in a list.
    uniqueKeys: false,
    resolveKnownTags: false,
    merge: false,
    prettyErrors: false,
  });
  const problems = [...document.errors, ...document.warnings];
  for (const problem of firstOfEachSlip(problems, lines)) {
    const place = placeAt(problem.pos[0], root);
    if (problem.code === "MULTIPLE_DOCS") issues.error(place, "CSP_LIST_MULTIPLE_DOCUMENTS", {});
    else issues.error(place, "CSP_LIST_SYNTAX", { format: "YAML", ...explainProblem(problem) });
  }
  if (problems.length > 0) return undefined;
  if (document.contents === null) {
    issues.error(root, "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const converter = createConverter(issues, placeAt);
  const node = converter.convert(document.contents as Node, { place: root, depth: 0 });
  return converter.isBroken() ? undefined : node;
}

/**
 * One slip makes the parser complain several times of one line; a tab, of all the lines that an editor indented alike,
 * and then of what it could not read for it.
 */
function firstOfEachSlip(problems: readonly YAMLError[], lines: LineCounter): readonly YAMLError[] {
  const tab = problems.find(isTab);
  if (tab) return [tab];
  const byLine = new Map<number, YAMLError>();
  for (const problem of problems) {
    const { line } = lines.linePos(problem.pos[0]);
    if (!byLine.has(line)) byLine.set(line, problem);
  }
  return [...byLine.values()];
}

function isTab({ code }: YAMLError): boolean {
  return code === "TAB_AS_INDENT";
}

function explainProblem({ code, message: reason }: YAMLError) {
  // The parser recurses with the nesting of the text.
  if (code === "RESOURCE_EXHAUSTION") return TOO_DEEP;
  if (code === "TAB_AS_INDENT")
    return { reason, remedy: "Indent with spaces, here and wherever else a line begins with a tab." };
  return { reason, remedy: "Correct it here or in the line above; quote a text that begins with a special character." };
}

/** Where a value is expected: the place of its key or list, with the value's own path, in case that it is empty. */
interface Spot {
  readonly place: Place;
  readonly depth: number;
}

/** Converts each anchored value once and lets its aliases share it, so that a bomb of aliases cannot expand. */
function createConverter(issues: IssueCollector, placeAt: (offset: number, base: Place) => Place) {
  const anchors = new Map<string, SourceNode>();
  let anchorsOpen = 0;
  let isBroken = false;

  function convert(node: Node | null, spot: Spot): SourceNode {
    if (!node?.range) return { kind: "scalar", text: undefined, place: spot.place };
    const at = { ...spot, place: placeAt(node.range[0], spot.place) };
    if (isAlias(node)) return resolveAlias(node.source, at.place);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return convertValue(node, at);
    anchorsOpen += 1;
    const value = convertValue(node, at);
    anchorsOpen -= 1;
    anchors.set(anchor, value);
    return value;
  }

  function convertValue(node: Node, { place, depth }: Spot): SourceNode {
    if (depth > DEEPEST) {
      issues.error(place, "CSP_LIST_SYNTAX", { format: "YAML of a few levels", ...TOO_DEEP });
      isBroken = true;
      return { kind: "scalar", text: undefined, place };
    }
    if (isMap(node)) return { kind: "map", entries: convertEntries(node, { place, depth }), place };
    if (isSeq(node)) {
      const items = node.items.map((item, index) =>
        convert(item as Node | null, { place: itemPlace(place, index), depth: depth + 1 }),
      );
      return { kind: "list", items, place };
    }
    return { kind: "scalar", text: isScalar(node) ? scalarText(node) : undefined, place };
  }

  function convertEntries(map: YAMLMap, { place: parent, depth }: Spot): readonly MapEntry[] {
    const entries = new Map<string, MapEntry>();
    for (const pair of map.items) {
      const keyNode = pair.key as Node | null;
      const key = isScalar(keyNode) ? (scalarText(keyNode) ?? "") : "";
      const base = { ...parent, path: pathOf(parent.path, key) };
      const place = keyNode?.range ? placeAt(keyNode.range[0], base) : base;
      const value = convert(pair.value as Node | null, { place, depth: depth + 1 });
      const first = entries.get(key);
      if (first) issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(first.place) });
      else entries.set(key, { key, place, value });
    }
    return [...entries.values()];
  }

  function resolveAlias(name: string, place: Place): SourceNode {
    const value = anchors.get(name);
    if (anchorsOpen === 0 && value) return value;
    const reason = value ? "stands inside another anchored value" : "names no anchor that is complete before it";
    issues.error(place, "CSP_LIST_ALIAS", { name, reason });
    isBroken = true;
    return { kind: "scalar", text: undefined, place };
  }

  return {
    convert,
    /** Whether values are missing from what was converted, so that other problems may only follow from that. */
    isBroken: () => isBroken,
  };
}

/** The text as written where it is not quoted; types that YAML sees in it would lose zeros, capitals and precision. */
function scalarText(node: {
  readonly value: unknown;
  readonly source?: string;
  readonly type?: string;
}): string | undefined {
  if (node.value === null || node.value === undefined) return undefined;
  return node.type === "PLAIN" && node.source !== undefined ? node.source : String(node.value);
}

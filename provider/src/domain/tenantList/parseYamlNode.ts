import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import type { MapEntry, SourceNode } from "./sourceNode.ts";
import { formatPlace, type Place } from "./tenantList.ts";
import type { IssueCollector } from "./tenantListIssue.ts";

/** The list needs five levels; the rest is room for what unknown keys hold. */
const DEEPEST = 32;

/** The text of a file, and where its problems go. */
export interface ParseRequest {
  readonly file: string;
  /** Without a byte-order mark. */
  readonly text: string;
  readonly issues: IssueCollector;
}

/**
 * What a YAML or JSON file holds, or `undefined` with issues.
 *
 * Values keep the spelling of the file: `no`, `1e3`, `007` and dates are texts, whatever YAML would make of them.
 */
export function parseYamlNode(request: ParseRequest, format: "YAML" | "JSON"): SourceNode | undefined {
  const { file, text, issues } = request;
  const lines = new LineCounter();
  const placeAt = (offset: number, path = ""): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path };
  };
  const document = parseSafely(text, format, lines);
  if (!document) {
    const details = { format, reason: "It is nested too deeply", remedy: "Write the list flat." };
    issues.error(placeAt(0), "CSP_LIST_SYNTAX", details);
    return undefined;
  }
  const problems = [...document.errors, ...document.warnings];
  for (const problem of firstOfEachLine(problems, lines)) {
    const place = placeAt(problem.pos[0]);
    if (problem.code === "MULTIPLE_DOCS") issues.error(place, "CSP_LIST_MULTIPLE_DOCUMENTS", {});
    else issues.error(place, "CSP_LIST_SYNTAX", { format, reason: problem.message, remedy: syntaxRemedy(problem) });
  }
  if (problems.length > 0) return undefined;
  if (document.contents === null) {
    issues.error(placeAt(0), "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const converter = createConverter(issues, placeAt);
  const node = converter.convert(document.contents as Node);
  return converter.isBroken() ? undefined : node;
}

function parseSafely(text: string, format: "YAML" | "JSON", lineCounter: LineCounter) {
  try {
    return parseDocument(text, {
      lineCounter,
      schema: format === "JSON" ? "json" : "core",
      // The converter reports duplicates with both places, and explicit types have no use in a list.
      uniqueKeys: false,
      resolveKnownTags: false,
      merge: false,
      prettyErrors: false,
    });
  } catch (error) {
    // The parser recurses with the nesting of the text.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function firstOfEachLine(problems: readonly YAMLError[], lines: LineCounter): readonly YAMLError[] {
  const byLine = new Map<number, YAMLError>();
  for (const problem of problems) {
    const { line } = lines.linePos(problem.pos[0]);
    if (!byLine.has(line)) byLine.set(line, problem);
  }
  return [...byLine.values()];
}

function syntaxRemedy({ code }: YAMLError): string {
  if (code === "TAB_AS_INDENT") return "Indent with spaces.";
  return "Correct it here or in the line above; quote a text that begins with a special character.";
}

interface Spot {
  readonly path: string;
  readonly row?: number;
  readonly depth: number;
}

/** Converts each anchored value once and lets its aliases share it, so that a bomb of aliases cannot expand. */
function createConverter(issues: IssueCollector, placeAt: (offset: number, path?: string) => Place) {
  const anchors = new Map<string, SourceNode>();
  let anchorsOpen = 0;
  let isBroken = false;

  function convert(node: Node | null, spot: Spot, fallback: Place): SourceNode {
    if (!node?.range) return { kind: "scalar", text: undefined, place: { ...fallback, path: spot.path } };
    const place = placeFor(node.range[0], spot);
    if (isAlias(node)) return resolveAlias(node.source, place);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return convertValue(node, spot, place);
    anchorsOpen += 1;
    const value = convertValue(node, spot, place);
    anchorsOpen -= 1;
    anchors.set(anchor, value);
    return value;
  }

  function convertValue(node: Node, spot: Spot, place: Place): SourceNode {
    if (spot.depth > DEEPEST) {
      const details = { format: "a tenant list", reason: "It is nested too deeply", remedy: "Write the list flat." };
      issues.error(place, "CSP_LIST_SYNTAX", details);
      isBroken = true;
      return { kind: "scalar", text: undefined, place };
    }
    if (isMap(node)) return { kind: "map", entries: convertEntries(node, spot), place };
    if (isSeq(node)) {
      const items = node.items.map((item, index) => convert(item as Node | null, itemSpot(spot, index), place));
      return { kind: "list", items, place };
    }
    return { kind: "scalar", text: isScalar(node) ? scalarText(node) : undefined, place };
  }

  function convertEntries(map: YAMLMap, spot: Spot): readonly MapEntry[] {
    const entries = new Map<string, MapEntry>();
    for (const pair of map.items) {
      const keyNode = pair.key as Node | null;
      const keyPlace = placeFor(keyNode?.range?.[0] ?? map.range?.[0] ?? 0, spot);
      const key = isScalar(keyNode) ? (scalarText(keyNode) ?? "") : "";
      const path = spot.path === "" ? key : `${spot.path}.${key}`;
      const place = { ...keyPlace, path };
      const first = entries.get(key);
      if (first) issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(first.place) });
      const value = convert(pair.value as Node | null, { ...spot, path, depth: spot.depth + 1 }, place);
      if (!first) entries.set(key, { key, place, value });
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

  function placeFor(offset: number, spot: Spot): Place {
    const place = placeAt(offset, spot.path);
    return spot.row === undefined ? place : { ...place, row: spot.row };
  }

  return {
    convert: (root: Node): SourceNode => convert(root, { path: "", depth: 0 }, placeAt(0)),
    /** Whether values are missing from what was converted, so that other problems may only follow from that. */
    isBroken: () => isBroken,
  };
}

function itemSpot(spot: Spot, index: number): Spot {
  const path = `${spot.path}[${index}]`;
  const row = spot.path === "tenants" ? { row: index + 1 } : {};
  return { ...spot, ...row, path, depth: spot.depth + 1 };
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

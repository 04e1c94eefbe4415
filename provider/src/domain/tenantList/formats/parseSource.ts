import { parseJsonNode } from "./parseJsonNode.ts";
import { type ParseRequest, parseYamlNode } from "./parseYamlNode.ts";
import type { SourceNode } from "./sourceNode.ts";

/**
 * What a file holds, in the format that the ending of its name tells, or `undefined` with issues.
 *
 * @param parseCsv how the rows of a CSV file become what the other formats hold.
 */
export function parseSource(
  { file, text: whole, issues }: ParseRequest,
  parseCsv: (request: ParseRequest) => SourceNode | undefined,
): SourceNode | undefined {
  const request = { file, text: whole.replace(/^\uFEFF/, ""), issues };
  if (isMangled(request) || isUnmerged(request)) return undefined;
  const [, ending = ""] = /\.([^./\\]*)$/.exec(file.toLowerCase()) ?? [];
  if (ending === "yaml" || ending === "yml") return parseYamlNode(request);
  if (ending === "json") return parseJsonNode(request);
  if (ending === "csv") return parseCsv(request);
  issues.error({ file, line: 1, column: 1, path: "" }, "CSP_LIST_FORMAT_UNKNOWN", { file });
  return undefined;
}

/** Text in another encoding, read as UTF-8, shows as replacement characters, and UTF-16 as NUL characters. */
function isMangled({ file, text, issues }: ParseRequest): boolean {
  const at = text.search(/[\uFFFD\0]/);
  if (at === -1) return false;
  const before = text.slice(0, at).split("\n");
  const place = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, path: "" };
  const character = text[at] === "\0" ? "a NUL character" : "a byte that is no UTF-8 character";
  issues.error(place, "CSP_LIST_ENCODING", { character });
  return true;
}

/** Lines that Git puts around what it could not merge; none of the formats has a use for them. */
const CONFLICT_MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$/gm;

function isUnmerged({ file, text, issues }: ParseRequest): boolean {
  const [first, ...others] = text.matchAll(CONFLICT_MARKER);
  if (!first) return false;
  const place = { file, line: text.slice(0, first.index).split("\n").length, column: 1, path: "" };
  const more = others.length === 0 ? "" : `, the first of ${others.length + 1}`;
  issues.error(place, "CSP_LIST_CONFLICT_MARKERS", { marker: first[0].trim(), more });
  return true;
}

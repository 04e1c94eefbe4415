import { checkConsistency } from "./checkConsistency.ts";
import { parseCsvNode } from "./formats/parseCsvNode.ts";
import { parseSource } from "./formats/parseSource.ts";
import { describeNode, type MapEntry, type SourceNode } from "./formats/sourceNode.ts";
import { createNodeReader, type NodeReader, unknownKey } from "./nodeReader.ts";
import { readRegistrations } from "./readRegistrations.ts";
import { createTenantsReader, readDefaults } from "./readTenants.ts";
import { formatPlace, type TenantList } from "./tenantList.ts";
import { createIssueCollector, type IssueCollector, type TenantListIssue } from "./tenantListIssue.ts";

/** The keys that a file of the list may have; `$schema` is for editors. */
export const ROOT_KEYS: readonly string[] = ["$schema", "defaults", "registrations", "tenants"];

/** A file of the list, read but not parsed; or why it could not be read, so that this is reported with the rest. */
export type TenantListFile =
  | {
      /** The name for messages; its ending tells the format: `.yaml`, `.yml`, `.json` or `.csv`. */
      readonly file: string;
      readonly text: string;
    }
  | { readonly file: string; readonly unreadable: string };

/** A list, or the errors that keep the files from being one; warnings may come with either. */
export interface ParsedTenantList {
  /** Absent if one of the issues is an error. */
  readonly list?: TenantList;
  /** Everything that is wrong in all files, by file, line and column. */
  readonly issues: readonly TenantListIssue[];
}

/** What is known besides the files. */
export interface ParseOptions {
  /** The day in UTC, `YYYY-MM-DD`, from which a date is far ahead; without it none is. */
  readonly today?: string;
}

/**
 * Parses the files of a tenant list, merges them and checks the result against itself; never throws.
 *
 * Registrations and tenants may stand in any of the files, `defaults` in one of them; they hold for all files.
 */
export function parseTenantList(files: readonly TenantListFile[], { today }: ParseOptions = {}): ParsedTenantList {
  const issues = createIssueCollector();
  const reader = createNodeReader(issues);
  const roots = files.map((file) => readRoot(file, reader));
  const readable = roots.filter((root) => root !== undefined);
  const entries = (key: string): readonly MapEntry[] =>
    readable.flatMap((root) => root.filter((entry) => entry.key === key));

  const registrations = entries("registrations");
  const tenants = entries("tenants").filter(({ value }) => !isNull(value));
  const isComplete = readable.length === files.length;
  if (entries("tenants").length === 0 && isComplete) {
    const place = { file: files[0]?.file ?? "", line: 1, column: 1, path: "tenants" };
    issues.error(place, "CSP_LIST_NO_TENANTS", {});
  }
  const defaults = readDefaults(onlyDefaults(entries("defaults"), issues), reader);
  const readTenants = createTenantsReader(reader, defaults);
  const list: TenantList = {
    registrations: registrations.flatMap(({ value }) => readRegistrations(value, reader)),
    tenants: tenants.flatMap(({ value }) => readTenants(value)),
  };
  const definedKeys = [...new Set(registrations.flatMap(({ value }) => keysOf(value)))];
  checkConsistency({ list, ...(isComplete ? { definedKeys } : {}), today, issues });

  const found = issues.sorted(files.map(({ file }) => file));
  return found.some((issue) => issue.severity === "error") ? { issues: found } : { list, issues: found };
}

function readRoot(source: TenantListFile, { issues }: NodeReader): readonly MapEntry[] | undefined {
  const { file } = source;
  if ("unreadable" in source) {
    const place = { file, line: 1, column: 1, path: "" };
    issues.error(place, "CSP_LIST_FILE_UNREADABLE", { file, reason: source.unreadable });
    return undefined;
  }
  const node = parseSource({ file, text: source.text, issues }, parseCsvNode);
  if (!node) return undefined;
  if (node.kind !== "map") {
    issues.error(node.place, "CSP_LIST_ROOT", { given: describeNode(node) });
    return undefined;
  }
  for (const { key, place } of node.entries) {
    if (ROOT_KEYS.includes(key)) continue;
    issues.repeated(place, "CSP_LIST_UNKNOWN_KEY", key, () =>
      unknownKey(key, { known: ROOT_KEYS, of: "a tenant list" }),
    );
  }
  const tenants = node.entries.find(({ key }) => key === "tenants");
  if (tenants && isNull(tenants.value)) issues.error(tenants.place, "CSP_LIST_NO_TENANTS", {});
  return node.entries;
}

function isNull(node: SourceNode): boolean {
  return node.kind === "scalar" && node.text === undefined;
}

function onlyDefaults(entries: readonly MapEntry[], issues: IssueCollector): SourceNode | undefined {
  const [first, ...others] = entries;
  for (const { key, place } of others) {
    if (first) issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(first.place) });
  }
  return first?.value;
}

function keysOf(node: SourceNode): readonly string[] {
  return node.kind === "map" ? node.entries.map(({ key }) => key) : [];
}

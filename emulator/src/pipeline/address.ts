import { sameId } from "@azurestack-csp/provider/ids";

/** A request's path and query, taken apart. */
export interface Address {
  /** Decoded segments of the path; empty ones, which real ARM overlooks, are gone. */
  readonly segments: readonly string[];
  readonly path: string;
  /** Parameters by lower-case name. */
  readonly query: ReadonlyMap<string, string>;
}

/** What is wrong with a request target. */
export type AddressFault = "doubleEncoded" | "malformed";

/**
 * Takes a request target apart.
 *
 * An encoded slash parts segments too: Microsoft's lock clients send a whole scope so, as one parameter of a path.
 * A second `?` is read as `&`: the manual writes page links so, and clients that follow them verbatim send it.
 */
export function parseAddress(target: string): Address {
  const [path = "", ...queries] = target.split("?");
  const segments = path
    .split(/\/|%2F/i)
    .filter((segment) => segment !== "")
    .map((segment) => decode(segment) ?? segment);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(queries.join("&"))) query.set(name.toLowerCase(), value);
  return { segments, path: `/${segments.join("/")}`, query };
}

/** What keeps ARM from reading the path of a request target, if anything does. */
export function findAddressFault(target: string): AddressFault | undefined {
  const path = target.split("?")[0] ?? "";
  if (path.includes("%25")) return "doubleEncoded";
  return decode(path) === undefined ? "malformed" : undefined;
}

/** One condition of a list's filter. */
export interface FilterCondition {
  /** In lower case: clients write `tagName` and `tagname`. */
  readonly name: string;
  readonly value: string;
}

/** The conditions of `$filter=name eq 'value' and …`; its other forms select everything. */
export function filterConditions({ query }: Address): readonly FilterCondition[] {
  const filter = query.get("$filter") ?? "";
  return [...filter.matchAll(/(\w+)\s+eq\s+'((?:[^']|'')*)'/g)].map(([, name = "", value = ""]) => ({
    name: name.toLowerCase(),
    value: value.replaceAll("''", "'"),
  }));
}

/** Whether the tags hold the one that the conditions name by `tagName` and `tagValue`; names in any letter case. */
export function hasTag(tags: Readonly<Record<string, string>>, conditions: readonly FilterCondition[]): boolean {
  const [name, value] = ["tagname", "tagvalue"].map((wanted) => conditions.find((one) => one.name === wanted)?.value);
  if (name === undefined && value === undefined) return true;
  return Object.entries(tags).some(
    ([key, tag]) => (name === undefined || sameId(key, name)) && (value === undefined || tag === value),
  );
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A request's path and query, taken apart. */
export interface Address {
  /** Decoded segments of the path; empty ones, which real ARM overlooks, are gone. */
  readonly segments: readonly string[];
  readonly path: string;
  /** Parameters by lower-case name. */
  readonly query: ReadonlyMap<string, string>;
}

/**
 * Takes a request target apart.
 *
 * A second `?` is read as `&`: the manual writes page links so, and clients that follow them verbatim send it.
 *
 * @throws URIError when the path holds a broken percent-encoding.
 */
export function parseAddress(target: string): Address {
  const [path = "", ...queries] = target.split("?");
  const segments = path
    .split("/")
    .filter((segment) => segment !== "")
    .map(decodeURIComponent);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(queries.join("&"))) query.set(name.toLowerCase(), value);
  return { segments, path: `/${segments.join("/")}`, query };
}

/** Whether the path is percent-encoded twice, which ARM refuses. */
export function isDoubleEncoded(target: string): boolean {
  return (target.split("?")[0] ?? "").includes("%25");
}

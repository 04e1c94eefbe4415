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

/** Undoes the percent-encoding; `undefined` for what is not encoded rightly. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

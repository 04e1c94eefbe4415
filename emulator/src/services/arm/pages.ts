import type { Modes } from "../../modes.ts";
import type { Address } from "../../pipeline/address.ts";
import type { JsonObject } from "../../pipeline/bodies.ts";

export interface PageOptions<Entry> {
  /** All entries, ordered by `keyOf`. */
  readonly entries: readonly Entry[];
  /** A number that grows from entry to entry and stays an entry's own. */
  readonly keyOf: (entry: Entry) => number;
  readonly toResource: (entry: Entry) => JsonObject;
  readonly address: Address;
  readonly modes: Modes;
  readonly origin: string;
}

/** One page of a list, with the link to the next one in the form the modes ask for. */
export function page<Entry>({ entries, keyOf, toResource, address, modes, origin }: PageOptions<Entry>): JsonObject {
  const token = address.query.get("$skiptoken") ?? address.query.get("$skip");
  const after = token === undefined ? Number.NEGATIVE_INFINITY : decodeToken(token);
  const rest = entries.filter((entry) => keyOf(entry) > after);
  const isEmptyFirst = token === undefined && modes.emptyPages === "first" && rest.length > 0;
  const shown = isEmptyFirst ? [] : rest.slice(0, modes.pageSize);
  const last = shown.at(-1);
  const isLast = !isEmptyFirst && shown.length === rest.length;
  const next = isLast ? undefined : nextLink({ address, modes, origin, token: encodeToken(last ? keyOf(last) : 0) });
  return { value: shown.map(toResource), ...linkMember(next, modes) };
}

function linkMember(next: string | undefined, { lastNextLink }: Modes): JsonObject {
  if (next !== undefined) return { nextLink: next };
  if (lastNextLink === "absent") return {};
  return { nextLink: lastNextLink === "null" ? null : "" };
}

interface LinkOptions {
  readonly address: Address;
  readonly modes: Modes;
  readonly origin: string;
  readonly token: string;
}

function nextLink({ address, modes, origin, token }: LinkOptions): string {
  const path = address.segments.map((segment) => `/${encodeURIComponent(segment)}`).join("");
  const url = `${origin}${path}?api-version=${address.query.get("api-version") ?? ""}`;
  switch (modes.nextLinkForm) {
    case "second-question-mark":
      return `${url}?$skipToken=${token}`;
    case "other-case":
      return `${origin}${path.toLowerCase()}?api-version=${address.query.get("api-version") ?? ""}&%24skiptoken=${token}`;
    case "other-host":
      return `${url.replace("//127.0.0.1:", "//localhost:")}&%24skiptoken=${token}`;
    default:
      return `${url}&${modes.nextLinkForm}=${token}`;
  }
}

function encodeToken(after: number): string {
  return Buffer.from(JSON.stringify({ after })).toString("base64url");
}

function decodeToken(token: string): number {
  return Number(/"after":(-?\d+)/.exec(Buffer.from(token, "base64url").toString())?.[1] ?? 0);
}

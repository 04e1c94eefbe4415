import type { JsonObject } from "../../pipeline/bodies.ts";
import type { Exchange } from "../../pipeline/exchange.ts";

/** The entries of a list, and how they are shown and told apart. */
export interface PageOptions<Entry> {
  /** All entries, ordered by `keyOf`. */
  readonly entries: readonly Entry[];
  /** A number that grows from entry to entry and stays an entry's own. */
  readonly keyOf: (entry: Entry) => number;
  readonly toResource: (entry: Entry) => JsonObject;
}

/** The page of a list that is asked for, with the link to the next one in the form the modes ask for. */
export function page<Entry>(exchange: Exchange, { entries, keyOf, toResource }: PageOptions<Entry>): JsonObject {
  const { query } = exchange.request.address;
  const { emptyPages, pageSize } = exchange.context.modes();
  const token = query.get("$skiptoken") ?? query.get("$skip");
  const after = token === undefined ? Number.NEGATIVE_INFINITY : decodeToken(token);
  const rest = entries.filter((entry) => keyOf(entry) > after);
  const isEmptyFirst = token === undefined && emptyPages === "first" && rest.length > 0;
  const shown = isEmptyFirst ? [] : rest.slice(0, pageSize);
  const last = shown.at(-1);
  const isLast = !isEmptyFirst && shown.length === rest.length;
  const link = isLast ? lastLink(exchange) : { nextLink: nextLink(exchange, encodeToken(last ? keyOf(last) : 0)) };
  return { value: shown.map(toResource), ...link };
}

function lastLink({ context }: Exchange): JsonObject {
  const { lastNextLink } = context.modes();
  return lastNextLink === "absent" ? {} : { nextLink: lastNextLink === "null" ? null : "" };
}

function nextLink({ request, context }: Exchange, token: string): string {
  const { address, origin } = request;
  const { nextLinkForm } = context.modes();
  const path = address.segments.map((segment) => `/${encodeURIComponent(segment)}`).join("");
  const filter = address.query.get("$filter");
  const selection = filter ? `&%24filter=${encodeURIComponent(filter)}` : "";
  const version = `api-version=${address.query.get("api-version") ?? ""}${selection}`;
  switch (nextLinkForm) {
    case "second-question-mark":
      return `${origin}${path}?${version}?$skipToken=${token}`;
    case "other-case":
      return `${origin}${path.toLowerCase()}?${version}&%24skiptoken=${token}`;
    case "other-host":
      return `${origin.replace("//127.0.0.1:", "//localhost:")}${path}?${version}&%24skiptoken=${token}`;
    default:
      return `${origin}${path}?${version}&${nextLinkForm}=${token}`;
  }
}

function encodeToken(after: number): string {
  return Buffer.from(JSON.stringify({ after })).toString("base64url");
}

function decodeToken(token: string): number {
  return Number(/"after":(-?\d+)/.exec(Buffer.from(token, "base64url").toString())?.[1] ?? 0);
}

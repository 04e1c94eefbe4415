import { ProviderError } from "../../domain/errors/providerError.ts";
import { isObject, parseObject } from "../../domain/json.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";

/** Pages of a single entry, for the longest list that one registration can be thought to have. */
const MOST_PAGES = 100_000;

/** Pages in a row without a new entry: filters leave some empty, and no service needs as many. */
const MOST_BARREN_PAGES = 100;

/** One page of a list: its raw items, and where the next one is. */
interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly nextLink: unknown;
}

/**
 * All items of a list, page by page.
 *
 * A link is followed only on the endpoint's own origin, since the token travels with it. A page may be empty and still
 * have a successor; an absent, null or empty link ends the list. A list without entries may be answered without a body
 * (Microsoft's documentation), a further page may not.
 *
 * @throws `CSP_PAGING_BROKEN` where a link leads nowhere, elsewhere, in a circle or on without end.
 */
export async function readAllPages(options: {
  readonly first: string;
  readonly apiVersion: string;
  readonly fetchPage: (url: string) => Promise<Answer>;
  /** The error of a page that is not a list. */
  readonly notAList: (answer: Answer) => Error;
}): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  const keys = new Set<string>();
  const seen = new Set<string>();
  let barren = 0;
  let url: string | undefined = options.first;
  while (url !== undefined) {
    seen.add(url);
    const answer = await options.fetchPage(url);
    const page = readPage(answer, { isFirst: seen.size === 1 });
    if (!page) throw options.notAList(answer);
    const known = keys.size;
    for (const item of page.items) {
      items.push(item);
      keys.add(keyOf(item));
    }
    barren = keys.size === known ? barren + 1 : 0;
    url = nextUrl({ link: page.nextLink, current: url, seen, answer, apiVersion: options.apiVersion });
    if (url !== undefined && barren >= MOST_BARREN_PAGES) {
      throw broken(answer, `${barren} pages in a row have brought nothing new`);
    }
  }
  return items;
}

/** The page in an answer, or `undefined` where there is none, or one that comes with an error. */
function readPage(answer: Answer, { isFirst }: { readonly isFirst: boolean }): Page | undefined {
  if (isFirst && answer.body.trim() === "") return { items: [], nextLink: undefined };
  const body = parseObject(answer.body);
  if (!body || !Array.isArray(body.value) || isSet(body.error)) return undefined;
  const items: readonly unknown[] = body.value;
  return items.every(isObject) ? { items, nextLink: body.nextLink } : undefined;
}

function keyOf(item: Readonly<Record<string, unknown>>): string {
  return typeof item.id === "string" ? item.id.toLowerCase() : JSON.stringify(item);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function nextUrl(options: {
  readonly link: unknown;
  readonly current: string;
  readonly seen: ReadonlySet<string>;
  readonly answer: Answer;
  readonly apiVersion: string;
}): string | undefined {
  const { link, current, seen, answer, apiVersion } = options;
  if (!isSet(link) || link === "") return undefined;
  const url = typeof link === "string" ? resolveLink(link, current, apiVersion) : undefined;
  if (!url) throw broken(answer, "its nextLink is not a URL");
  if (url.origin !== new URL(current).origin) throw broken(answer, `its nextLink leads to another host, ${url.host}`);
  if (seen.has(url.href)) throw broken(answer, "its nextLink leads in a circle");
  if (seen.size >= MOST_PAGES) throw broken(answer, `it has more than ${MOST_PAGES} pages`);
  return url.href;
}

/**
 * The link as it can be sent. The token in it is opaque and stays as it is encoded; but Microsoft's documentation has
 * links with a second `?`, which would make the token part of the parameter before it.
 */
function resolveLink(link: string, current: string, apiVersion: string): URL | undefined {
  const [path = "", ...query] = link.split("?");
  const joined = query.length > 0 ? `${path}?${query.join("&")}` : path;
  if (!URL.canParse(joined, current)) return undefined;
  const url = new URL(joined, current);
  if (!/[?&]api-version=/i.test(url.search)) url.search += `${url.search === "" ? "?" : "&"}api-version=${apiVersion}`;
  return url;
}

function broken(answer: Answer, reason: string): ProviderError {
  return new ProviderError(
    "CSP_PAGING_BROKEN",
    { request: answer.request, reason },
    { answer: describeAnswer(answer) },
  );
}

import { ProviderError } from "../../domain/errors/providerError.ts";
import type { EnvironmentReader, Setting } from "./environment.ts";

/** Where a proxy is looked for, as Azure's SDK does; the first that is set counts, whatever the others say. */
const VARIABLES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] as const;

/** Reads which proxy requests go through, `http://` where it has no scheme; `undefined` where none is set. */
export function readProxy(reader: EnvironmentReader): URL | undefined {
  const setting = VARIABLES.map((name) => reader.read([name])).find((each) => each !== undefined);
  if (!setting) return undefined;
  const proxy = parseProxy(setting);
  if (!proxy) {
    const { name, value } = setting;
    reader.problems.push(new ProviderError("CSP_PROXY_MALFORMED", { variable: name, value: withoutUser(value) }));
  }
  return proxy;
}

function parseProxy({ value }: Setting): URL | undefined {
  const text = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { protocol, username, password, pathname, search, hash } = url;
  const isProxy = /^https?:$/.test(protocol) && pathname === "/" && search === "" && hash === "";
  return isProxy && canDecode(`${username}${password}`) ? url : undefined;
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** What stands before the last `@` may be a password, however broken the rest is. */
function withoutUser(value: string): string {
  const [, scheme = ""] = /^([a-z][a-z0-9+.-]*:\/\/)/i.exec(value) ?? [];
  const at = value.lastIndexOf("@");
  return at === -1 ? value : `${scheme}***${value.slice(at)}`;
}

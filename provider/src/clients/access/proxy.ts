import { ProviderError } from "../../domain/errors/providerError.ts";
import type { EnvironmentReader, Setting } from "./environment.ts";
import { type ProxyExemptions, readProxyExemptions } from "./noProxy.ts";

/** Where a proxy is looked for, as Azure's SDK does; the first that is set counts, whatever the others say. */
const VARIABLES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] as const;

/** A proxy, and what is reached past it. */
export interface ProxyRoute {
  readonly url: URL;
  /** Whether the URL is reached past the proxy. */
  readonly exempts: (url: URL) => boolean;
  /** The entries of `NO_PROXY` that mean nothing, as they are written, and the variable's name. */
  readonly ignored: ProxyExemptions["ignored"];
}

/**
 * Reads which proxy https requests go through, `http://` where it has no scheme; `undefined` where none is set.
 *
 * The endpoint that gives a machine its identity is its own, and reached directly, whatever the variables say: no proxy
 * knows it, and none may see its tokens. It is an http address, such as 169.254.169.254, but for Service Fabric, which
 * names an https one in `IDENTITY_ENDPOINT` (learn.microsoft.com, how managed identities work with virtual machines, and
 * managed identity in Service Fabric applications). Nothing else is asked by http.
 */
export function readProxy(reader: EnvironmentReader): ProxyRoute | undefined {
  const setting = VARIABLES.map((name) => reader.read([name])).find((each) => each !== undefined);
  if (!setting) return undefined;
  const url = parseProxy(setting);
  if (!url) {
    const { name, value } = setting;
    reader.problems.push(new ProviderError("CSP_PROXY_MALFORMED", { variable: name, value: withoutUser(value) }));
    return undefined;
  }
  const { exempts, ignored } = readProxyExemptions(reader);
  const identity = reader.read(["IDENTITY_ENDPOINT"])?.value;
  const identityOrigin = identity !== undefined && URL.canParse(identity) ? new URL(identity).origin : undefined;
  const isOwn = ({ protocol, origin }: URL) => protocol === "http:" || origin === identityOrigin;
  return { url, exempts: (asked) => isOwn(asked) || exempts(asked), ignored };
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

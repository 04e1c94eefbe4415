import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";
import type { EnvironmentReader } from "./environment.ts";

/** Which hosts are reached past the proxy. */
export interface ProxyExemptions {
  /** Whether the URL is reached past the proxy. */
  readonly exempts: (url: URL) => boolean;
  /** The variable and the entries of it that mean nothing, as they are written. */
  readonly ignored: { readonly variable: string; readonly entries: readonly string[] } | undefined;
}

type Matcher = (url: URL) => boolean;

const NAME = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u;
const STANDARD_PORTS: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };

/**
 * Reads `NO_PROXY`: a list divided by commas or white space, of names (`login.example`), of domains with all below them
 * (`.example` or `*.example`), of addresses, of networks (`10.0.0.0/8`, `fd00::/8`), each with a port or without, and `*`
 * for every host.
 *
 * There is no standard for it. Names, domains and `*` are as curl has them, except that a name without a full stop before
 * it is that host alone, as Azure's SDK has it; networks and ports are as Go's `http.ProxyFromEnvironment` has them: a
 * network holds hosts that are written as addresses, and no name is looked up.
 */
export function readProxyExemptions(reader: EnvironmentReader): ProxyExemptions {
  const setting = ["NO_PROXY", "no_proxy"].map((name) => reader.read([name])).find((each) => each !== undefined);
  if (!setting) return { exempts: () => false, ignored: undefined };
  const entries = setting.value.split(/[\s,]+/).filter((entry) => entry !== "");
  const read = entries.map((entry) => ({ entry, matches: matcherOf(entry.toLowerCase()) }));
  const matchers = read.flatMap(({ matches }) => matches ?? []);
  const ignored = read.filter(({ matches }) => matches === undefined).map(({ entry }) => entry);
  return {
    exempts: (url) => matchers.some((matches) => matches(url)),
    ignored: ignored.length === 0 ? undefined : { variable: setting.name, entries: ignored },
  };
}

/** `undefined` where the entry has none of the forms. */
function matcherOf(entry: string): Matcher | undefined {
  if (entry === "*") return () => true;
  if (entry.includes("/")) return networkMatcher(entry);
  const { host, port } = splitPort(entry);
  const matchesHost = hostMatcher(host);
  if (!matchesHost) return undefined;
  return (url) => (port === undefined || portOf(url) === port) && matchesHost(url);
}

function hostMatcher(host: string): Matcher | undefined {
  if (isIP(host) > 0) return addressMatcher((list, family) => list.addAddress(host, family), isIP(host));
  const domain = /^\*?\.(.+)$/.exec(host)?.[1];
  if (!NAME.test(domain ?? host)) return undefined;
  const name = inAscii(domain ?? host);
  return (url) => hostOf(url) === name || (domain !== undefined && hostOf(url).endsWith(`.${name}`));
}

/** As URLs spell it. */
function inAscii(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : domainToASCII(name);
}

function networkMatcher(entry: string): Matcher | undefined {
  const [address = "", prefix = "", ...rest] = entry.split("/");
  const version = isIP(address);
  const isPrefix = /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
  if (version === 0 || !isPrefix || rest.length > 0) return undefined;
  return addressMatcher((list, family) => list.addSubnet(address, Number(prefix), family), version);
}

function addressMatcher(add: (list: BlockList, family: "ipv4" | "ipv6") => void, version: number): Matcher {
  const list = new BlockList();
  add(list, version === 4 ? "ipv4" : "ipv6");
  return (url) => {
    const host = hostOf(url);
    const hostVersion = isIP(host);
    return hostVersion > 0 && list.check(host, hostVersion === 4 ? "ipv4" : "ipv6");
  };
}

/** The port of `host:port` or `[address]:port`; a bare IPv6 address has none. */
function splitPort(entry: string): { readonly host: string; readonly port: string | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { host: bracketed[1] ?? "", port: bracketed[2] };
  const [, host, port] = /^([^:]*):(\d+)$/.exec(entry) ?? [];
  return { host: host ?? entry, port };
}

function hostOf({ hostname }: URL): string {
  return hostname.replaceAll(/[[\]]/g, "").replace(/\.$/, "");
}

function portOf({ protocol, port }: URL): string | undefined {
  return port === "" ? STANDARD_PORTS[protocol] : port;
}

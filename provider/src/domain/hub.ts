/**
 * How a Hub is reached: by one of its two resource managers, of which each has tokens and an API of its own; no secrets.
 *
 * The operator's endpoint knows the usage of all subscribers, the user's that of one's own subscriptions.
 */
export type HubAccess = HubEndpoint & {
  /** The beginning of the environment variables with the credential for the Hub; that of the environment by default. */
  readonly credentialPrefix?: string;
  /** A PEM file with the authority of the Hub's certificates, which is trusted for the Hub's own hosts alone. */
  readonly caFile?: string;
};

/** `https://host[:port]` of one of the two endpoints. */
type HubEndpoint =
  | { readonly adminEndpoint: string; readonly userEndpoint?: undefined }
  | { readonly userEndpoint: string; readonly adminEndpoint?: undefined };

/** Which of a Hub's two resource managers an endpoint is; whoever names it says so, for the Hub's answers do not. */
export type HubEndpointKind = "admin" | "user";

/** The endpoint of a Hub that is asked, `https://host[:port]`, and which of the two it is. */
export function endpointOf({ adminEndpoint, userEndpoint }: HubAccess): {
  readonly kind: HubEndpointKind;
  readonly endpoint: string;
} {
  if (adminEndpoint !== undefined) return { kind: "admin", endpoint: new URL(adminEndpoint).origin };
  return { kind: "user", endpoint: new URL(userEndpoint).origin };
}

/** Whether the text is the address of an endpoint: https, a host, perhaps a port, and nothing else but a last slash. */
export function isHubEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  return protocol === "https:" && `${username}${password}${search}${hash}` === "" && pathname === "/";
}

/**
 * Whether a host is the Hub's own: the endpoint's, or one beside it, such as `adfs.<region>.<fqdn>` beside
 * `adminmanagement.<region>.<fqdn>`.
 *
 * Source: DOC "Azure Stack Hub datacenter integration, publish endpoints": all endpoints of a Hub share region and domain.
 */
export function isHostOfHub(endpoint: string, url: URL): boolean {
  const own = new URL(endpoint).hostname;
  if (url.hostname === own) return true;
  const domain = own.slice(own.indexOf(".") + 1);
  // What is left of an address or of a short name says nothing of who owns the host.
  const isDomain = domain.includes(".") && /[a-z]/i.test(own) && !own.includes(":");
  return isDomain && url.hostname.endsWith(`.${domain}`);
}

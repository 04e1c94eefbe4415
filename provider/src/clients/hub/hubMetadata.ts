import { ProviderError } from "../../domain/errors/providerError.ts";
import { isHostOfHub } from "../../domain/hub.ts";
import { isObject, parseObject } from "../../domain/json.ts";
import type { HubSignIn } from "../access/hubSettings.ts";
import { describeAnswer } from "../wire/answer.ts";
import { errorByStatus } from "../wire/answerErrors.ts";
import { text } from "../wire/foreignText.ts";
import type { Wire } from "../wire/wire.ts";

/** The version of the flat form, which every Hub knows (DOC "Use the Azure Stack Hub API"). */
const API_VERSION = "2015-01-01";

/** How the path of an AD FS ends (DOC "Validate Azure Stack Hub identity"). */
const ADFS = /\/adfs\/?$/i;

/** How one of a Hub's endpoints is asked for its metadata. */
export interface MetadataRequest {
  /** A wire to the endpoint; nobody signs on it. */
  readonly wire: Wire;
  /** `https://host[:port]` */
  readonly endpoint: string;
  /** Whether a secret may be sent to an authority, `https://host[:port]`, that is no host of the Hub's. */
  readonly isTrusted: (authority: string) => boolean;
}

/**
 * Asks the endpoint itself where one signs in for it: its two endpoints have an audience each.
 *
 * The answer comes without any sign-in, and decides where a secret goes: no host is taken but a known one, and the Hub's
 * own for AD FS. Portal and gallery in it are not looked at, for a documented answer of a user's endpoint has the
 * administrator's.
 *
 * @throws ProviderError `CSP_HUB_METADATA`, `CSP_HUB_AUTHORITY`, and what the wire refuses.
 */
export async function readHubMetadata({ wire, endpoint, isTrusted }: MetadataRequest): Promise<HubSignIn> {
  const { host } = new URL(endpoint);
  const scope = `${endpoint}/metadata/endpoints`;
  const answer = await wire.send(wire.line(), { method: "GET", url: `${scope}?api-version=${API_VERSION}` });
  if (answer.status !== 200) throw errorByStatus({ action: "read", scope }, answer);
  const body = parseObject(answer.body);
  const authentication = isObject(body?.authentication) ? body.authentication : {};
  const login = text(authentication.loginEndpoint);
  const audiences: readonly unknown[] = Array.isArray(authentication.audiences) ? authentication.audiences : [];
  const audience = text(audiences[0]);
  const unfit = (reason: string) =>
    new ProviderError("CSP_HUB_METADATA", { host, reason }, { answer: describeAnswer(answer) });
  if (login === undefined || audience === undefined) throw unfit("it names no loginEndpoint or no audience");
  if (!URL.canParse(login) || new URL(login).protocol !== "https:") {
    throw unfit(`its loginEndpoint is "${login}", which is no https URL`);
  }
  const url = new URL(login);
  const identityProvider = ADFS.test(url.pathname) ? "adfs" : "entra";
  if (!isTrusted(url.origin) && !(identityProvider === "adfs" && isHostOfHub(endpoint, url))) {
    throw new ProviderError("CSP_HUB_AUTHORITY", { host, authority: url.origin });
  }
  return {
    identityProvider,
    authority: `${url.origin}${url.pathname.replace(ADFS, "")}`.replace(/\/+$/, ""),
    audience,
  };
}

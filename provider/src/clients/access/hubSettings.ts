import { hasCode } from "../../domain/errors/providerError.ts";
import { type Cloud, COMMON_EXCHANGE_AUDIENCE, cloudOfAuthority, readAuthority } from "./cloud.ts";
import { readCredentialSettings } from "./credentialSettings.ts";
import { credentialVariables } from "./credentialVariables.ts";
import { createEnvironmentReader, type Environment } from "./environment.ts";
import { readProxy } from "./proxy.ts";
import { refuse, type Settings } from "./settings.ts";

/** Where one signs in for an endpoint of a Hub. */
export interface HubSignIn {
  readonly identityProvider: "entra" | "adfs";
  /** Without a trailing slash, and for AD FS without its `/adfs`. */
  readonly authority: string;
  /** The resource that tokens are asked for. */
  readonly audience: string;
}

/** What the environment settles about a Hub. */
export interface HubSettings extends Pick<Settings, "credential" | "proxy"> {
  /** Whether a secret may be sent to an authority, `https://host[:port]`: one of Microsoft's, or the environment's own. */
  readonly isTrusted: (authority: string) => boolean;
  /**
   * How one signs in there; at AD FS in no directory, whatever the environment names.
   *
   * @throws ProviderError `CSP_CREDENTIAL_INCOMPLETE` where Entra ID needs a directory and none is named.
   */
  readonly signIn: (at: HubSignIn) => Pick<Settings, "cloud" | "credential">;
}

/** What AD FS has in the place of a directory (DOC "Azure Stack Hub, register app with AD FS"). */
const ADFS = "adfs";

/**
 * Reads how one signs in at a Hub; `docs/credentials.md` lists the variables.
 *
 * @param endpoint - `https://host[:port]` of the Hub's endpoint.
 * @param prefix - the beginning of the variables' names, in place of `ARM` and `AZURE`.
 * @throws ProviderError the one problem, or `CSP_SETTINGS_UNUSABLE` with all of them; a directory that is missing is none
 *   yet, because a Hub with AD FS has no use for it.
 */
export function readHubSettings(env: Environment, endpoint: string, prefix?: string): HubSettings {
  const reader = createEnvironmentReader(env);
  const credential = readCredentialSettings(reader, prefix);
  const proxy = readProxy(reader);
  const own = readAuthority(reader);
  refuse(reader.problems.filter((problem) => !isDirectoryMissing(problem)));

  function signIn({ identityProvider, authority, audience }: HubSignIn): Pick<Settings, "cloud" | "credential"> {
    const known = cloudOfAuthority(authority);
    const cloud: Cloud = {
      name: "custom",
      resourceManager: endpoint,
      authority: known?.authority ?? authority,
      audience,
      exchangeAudience: known?.exchangeAudience ?? COMMON_EXCHANGE_AUDIENCE,
      isKnownAuthority: known !== undefined,
    };
    const there = createEnvironmentReader(identityProvider === "adfs" ? inNoDirectory(env, prefix) : env);
    const settings = { cloud, credential: readCredentialSettings(there, prefix) };
    refuse(there.problems);
    return settings;
  }

  return {
    credential,
    proxy,
    isTrusted: (authority) => cloudOfAuthority(authority) !== undefined || (own && new URL(own).origin) === authority,
    signIn,
  };
}

function isDirectoryMissing(problem: unknown): boolean {
  return hasCode(problem, "CSP_CREDENTIAL_INCOMPLETE") && /_TENANT_ID$/.test(problem.details.missing);
}

function inNoDirectory(env: Environment, prefix: string | undefined): Environment {
  return { ...env, ...Object.fromEntries(credentialVariables(prefix).tenantId.map((name) => [name, ADFS])) };
}

import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/core-auth";
import type { HttpClient, ProxySettings } from "@azure/core-rest-pipeline";
import { hasCode } from "../../domain/errors/providerError.ts";
import { createAzureCredential } from "./azureCredential.ts";
import type { Settings } from "./settings.ts";
import { signInError, type WatchedHttpClient, watchHttpClient } from "./signInFailure.ts";

/**
 * One principal in as many directories as there are resources of its: the credential for a directory; without one, for
 * the directory that the settings name.
 */
export type DirectoryCredentials = (directory: string | undefined) => TokenCredential;

/** What another attempt of the same run meets as well. */
const FINAL = ["CSP_CREDENTIAL_MISSING", "CSP_CREDENTIAL_REFUSED", "CSP_CREDENTIAL_UNUSABLE"] as const;

interface SignIn {
  readonly credential: TokenCredential;
  readonly wire: WatchedHttpClient;
}

/**
 * Makes the credentials of the settings.
 *
 * A refusal is remembered: a thousand resources get the first error, and Entra ID is not asked a thousand times. It is
 * one of a directory and an audience, since an application may have consent for one service and not for another.
 */
export function createDirectoryCredentials(deps: {
  readonly settings: Pick<Settings, "cloud" | "credential">;
  readonly httpClient: () => Promise<HttpClient>;
  readonly proxyOptions?: ProxySettings | undefined;
  /** Ends every sign-in under way. */
  readonly abortSignal?: AbortSignal | undefined;
  /** How long a tool such as `az` may take to give a token; 30,000 by default. */
  readonly toolTimeoutInMs?: number | undefined;
}): DirectoryCredentials {
  const { cloud, credential: settings } = deps.settings;
  const signIns = new Map<string, Promise<SignIn>>();
  const refusals = new Map<string, unknown>();

  async function createSignIn(): Promise<SignIn> {
    const wire = watchHttpClient(await deps.httpClient());
    const { proxyOptions, toolTimeoutInMs } = deps;
    const options = { settings, cloud, httpClient: wire, proxyOptions, toolTimeoutInMs };
    return { wire, credential: await createAzureCredential(options) };
  }

  async function getToken(
    directory: string,
    scopes: string | string[],
    options: GetTokenOptions,
  ): Promise<AccessToken | null> {
    const key = [directory, scopes].flat().join(" ");
    const refused = refusals.get(key);
    if (refused) throw refused;
    const signIn = signIns.get(key) ?? createSignIn();
    signIns.set(key, signIn);
    try {
      const { credential } = await signIn;
      return await credential.getToken(scopes, directory === "" ? options : { ...options, tenantId: directory });
    } catch (error) {
      const explained = await explain(error, directory, signIn);
      if (hasCode(explained, ...FINAL)) refusals.set(key, explained);
      // The library answers from memory for a minute after a 503; a new credential asks again.
      else signIns.delete(key);
      throw explained;
    }
  }

  async function explain(error: unknown, directory: string, signIn: Promise<SignIn>): Promise<unknown> {
    if (deps.abortSignal?.aborted) {
      return Object.assign(new Error("The sign-in was cancelled."), { name: "AbortError", cause: error });
    }
    const met = await signIn.then(({ wire }) => wire.last()).catch(() => undefined);
    return signInError({ error, met, settings, directory });
  }

  return (directory) => {
    const signedInTo = (directory ?? settings.tenantId ?? "").toLowerCase();
    return { getToken: (scopes, options = {}) => getToken(signedInTo, scopes, options) };
  };
}

import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/core-auth";
import type { HttpClient, ProxySettings } from "@azure/core-rest-pipeline";
import { hasCode } from "../../domain/errors/providerError.ts";
import { parseObject, text } from "../arm/armAnswer.ts";
import { createAzureCredential } from "./azureCredential.ts";
import type { Settings } from "./settings.ts";
import { signInError, type WatchedHttpClient, watchHttpClient } from "./signInFailure.ts";

/** One principal in as many directories as its registrations live in. */
export interface DirectoryCredentials {
  /** The credential for a directory; without one, for the directory that the settings name. */
  forDirectory(directory: string | undefined): TokenCredential;
  /** The application's or the user's id in the last token of a directory. */
  principal(directory: string | undefined): string | undefined;
}

interface SignIn {
  readonly credential: TokenCredential;
  readonly wire: WatchedHttpClient;
}

/**
 * Makes the credentials of the settings.
 *
 * A refusal is remembered: a thousand resources get the first error, and Entra ID is not asked a thousand times.
 */
export function createDirectoryCredentials(deps: {
  readonly settings: Pick<Settings, "cloud" | "credential">;
  readonly httpClient: () => Promise<HttpClient>;
  readonly createCredential?: typeof createAzureCredential;
  readonly proxyOptions?: ProxySettings;
  /** Ends every sign-in under way. */
  readonly abortSignal?: AbortSignal;
}): DirectoryCredentials {
  const { cloud, credential: settings } = deps.settings;
  const signIns = new Map<string, Promise<SignIn>>();
  const refusals = new Map<string, unknown>();
  const principals = new Map<string, string>();
  const keyOf = (directory: string | undefined) => (directory ?? settings.tenantId ?? "").toLowerCase();

  async function createSignIn(): Promise<SignIn> {
    const wire = watchHttpClient(await deps.httpClient());
    const create = deps.createCredential ?? createAzureCredential;
    return { wire, credential: await create({ settings, cloud, httpClient: wire, proxyOptions: deps.proxyOptions }) };
  }

  async function getToken(
    key: string,
    scopes: string | string[],
    options: GetTokenOptions,
  ): Promise<AccessToken | null> {
    const refused = refusals.get(key);
    if (refused) throw refused;
    const signIn = signIns.get(key) ?? createSignIn();
    signIns.set(key, signIn);
    try {
      const token = await (await signIn).credential.getToken(
        scopes,
        key === "" ? options : { ...options, tenantId: key },
      );
      if (token) principals.set(key, principalIn(token.token) ?? "");
      return token;
    } catch (error) {
      throw await explain(error, key, signIn);
    }
  }

  async function explain(error: unknown, key: string, signIn: Promise<SignIn>): Promise<unknown> {
    if (deps.abortSignal?.aborted) {
      return Object.assign(new Error("The sign-in was cancelled."), { name: "AbortError", cause: error });
    }
    const met = await signIn.then(({ wire }) => wire.last()).catch(() => undefined);
    const directory = key === "" ? "(the credential's own)" : key;
    const explained = signInError({ error, met, settings, directory });
    if (hasCode(explained, "CSP_CREDENTIAL_MISSING", "CSP_CREDENTIAL_REFUSED")) refusals.set(key, explained);
    // The library answers from memory for a minute after a 503; a new credential asks again.
    else signIns.delete(key);
    return explained;
  }

  return {
    forDirectory: (directory) => ({
      getToken: (scopes, options = {}) => getToken(keyOf(directory), scopes, options),
    }),
    principal: (directory) => principals.get(keyOf(directory)) || undefined,
  };
}

/** The claims are read without checking the signature: they only name the principal in the change log. */
function principalIn(token: string): string | undefined {
  const claims = parseObject(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  return text(claims?.appid) ?? text(claims?.azp) ?? text(claims?.oid);
}

import type { HttpClient, PipelineResponse } from "@azure/core-rest-pipeline";
import { isProviderError, ProviderError } from "../../domain/errors/providerError.ts";
import { parseObject } from "../../domain/json.ts";
import { isPassing } from "../wire/answer.ts";
import { shorten, strikeOut, text } from "../wire/foreignText.ts";
import { connectionError, failureCode } from "../wire/http/connectionErrors.ts";
import { describeCredential } from "./azureCredential.ts";
import { type CredentialSettings, secretsOf } from "./credentialSettings.ts";

/** How much of an attempt's explanation is told, in characters. */
const LONGEST_REASON = 200;

/** How much of it is looked at, in characters; what is struck out of it is longer than what is told. */
const LONGEST_LINE = 4_000;

/** What the last request of a sign-in met. */
export type Meeting = { readonly host: string } & (
  | { readonly response: PipelineResponse }
  | { readonly error: unknown }
);

/** An HTTP client that remembers what its last request met. */
export interface WatchedHttpClient extends HttpClient {
  last(): Meeting | undefined;
}

/**
 * Watches an HTTP client.
 *
 * The sign-in library turns refusals and broken connections into prose of its own. Watching the wire keeps the codes, so
 * that nothing has to be read out of a message.
 */
export function watchHttpClient(inner: HttpClient): WatchedHttpClient {
  let met: Meeting | undefined;
  return {
    last: () => met,
    async sendRequest(request) {
      const { host } = new URL(request.url);
      try {
        const response = await inner.sendRequest(request);
        met = { host, response };
        // A redirect would take the secret along, and nobody who signs anybody in sends one.
        if (response.status >= 300 && response.status < 400) throw strangeAnswer(host, response);
        return response;
      } catch (error) {
        met = { host, error };
        throw error;
      }
    },
  };
}

/**
 * The error of a failed sign-in: nothing to sign in with, refused by Entra ID, Entra ID not reached, or somebody else
 * in its place.
 *
 * Its text holds Entra's codes and the first sentence of its explanation, with every secret struck out.
 */
export function signInError(options: {
  readonly error: unknown;
  readonly met: Meeting | undefined;
  readonly settings: CredentialSettings;
  /** Empty where it is the credential's own. */
  readonly directory: string;
}): unknown {
  const { error, met, settings } = options;
  const directory = options.directory === "" ? "(the credential's own)" : options.directory;
  const missing = { error, tried: describeCredential(settings), directory: options.directory };
  const known = providerErrorIn(error) ?? (met && "error" in met ? providerErrorIn(met.error) : undefined);
  if (known) return known;
  const request = `sign-in to directory ${directory}`;
  // Of the many ways that the default credential tries, the last one's answer says nothing about the others.
  if (settings.kind === "default") return credentialMissing(missing);
  // Entra ID, or the machine's own endpoint, is busy or down, which says nothing about the credential.
  if (met && "response" in met && (isPassing(met.response.status) || met.response.status === 407)) {
    const details = { host: met.host, reason: `it answered with status ${met.response.status}` };
    return new ProviderError("CSP_UNREACHABLE", details, { answer: { status: met.response.status, request } });
  }
  if (settings.kind === "managedIdentity") return credentialMissing(missing);
  if (met && "error" in met) return connectionError({ error: met.error, host: met.host, request });
  const refusal = refusalIn(met, secretsOf(settings));
  if (refusal === undefined && met && !isEntras(met.response)) return strangeAnswer(met.host, met.response);
  const reason = refusal ?? localReason(error);
  return new ProviderError("CSP_CREDENTIAL_REFUSED", { directory, credential: missing.tried, reason });
}

/** The library's own words for each attempt are all that tells them apart; of those the first line, and no tokens. */
function credentialMissing(options: {
  readonly error: unknown;
  readonly tried: string;
  readonly directory: string;
}): ProviderError {
  const { error, tried, directory } = options;
  const attempts: readonly unknown[] = error instanceof Error && "errors" in error ? [error.errors].flat() : [error];
  const reasons = attempts.map((attempt) => (attempt instanceof Error ? firstLine(attempt.message) : ""));
  const lines = [...new Set(reasons)].filter((reason) => reason !== "").map((reason) => `\n  - ${reason}`);
  const told = lines.length === 0 ? "" : `${lines.join("")}\n`;
  return new ProviderError("CSP_CREDENTIAL_MISSING", { tried, reasons: told, login: loginTo(directory) });
}

/** Whoever is signed in to another directory is not helped by signing in to it once more. */
function loginTo(directory: string): string {
  return directory === "" ? "az login" : `az login --tenant ${directory}`;
}

/** A URL's query, a token or a secret is struck out wherever it stands. */
function firstLine(message: string): string {
  const [line = ""] = message
    .trim()
    .slice(0, LONGEST_LINE)
    .split(/[\r\n]/);
  const plain = line.replaceAll(/\?[^\s"'<>]*=[^\s"'<>]*/g, "?***").replaceAll(/[\w~+=-]{40,}(?:\.[\w~+=-]+)*/g, "***");
  return plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON)}…` : plain;
}

/** The sign-in library wraps what the fetching of a federated token throws. */
function providerErrorIn(error: unknown): ProviderError | undefined {
  if (isProviderError(error)) return error;
  return error instanceof Error ? providerErrorIn(error.cause) : undefined;
}

function refusalIn(met: Meeting | undefined, secrets: readonly string[]): string | undefined {
  if (!met || "error" in met || met.response.status < 400) return undefined;
  const body = parseObject(met.response.bodyAsText ?? "");
  const plain = (value: unknown) => (typeof value === "string" ? strikeOut(value, secrets) : "");
  const error = text(plain(body?.error));
  if (error === undefined) return undefined;
  const description = shorten(plain(body?.error_description));
  const sentence = text(/^[^\r\n]*?(?=\. |\.?\s*(?:[\r\n]|Trace ID|$))/.exec(description)?.[0]);
  return sentence ? `${error}, ${sentence}` : error;
}

/** Whether an answer that refuses nothing is one of a sign-in: a token, or what describes the authority. */
function isEntras({ status, bodyAsText }: PipelineResponse): boolean {
  const body = parseObject(bodyAsText ?? "");
  return status === 200 && ENTRAS_MEMBERS.some((name) => body?.[name] !== undefined);
}

const ENTRAS_MEMBERS = ["access_token", "token_endpoint", "tenant_discovery_endpoint", "value"];

function strangeAnswer(host: string, { status, headers }: PipelineResponse): ProviderError {
  const type = text(headers.get("content-type")?.split(";")[0]) ?? "nothing";
  return new ProviderError("CSP_NOT_ARM", { host, reason: `${type} with status ${status} in the place of a sign-in` });
}

/** A certificate or token file that cannot be read fails before anything is sent; its code is all that is safe to show. */
function localReason(error: unknown): string {
  const code = failureCode(error);
  return code ? `the credential cannot be used (${code})` : "the credential cannot be used";
}

import { readFile } from "node:fs/promises";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { failureCode } from "../wire/http/connectionErrors.ts";

/** A file of a credential, and the variable that names it. */
export interface CredentialFile {
  readonly path: string;
  readonly variable: string;
}

/** Reads the file, or says why it cannot. */
export async function readCredentialFile(file: CredentialFile): Promise<Buffer> {
  try {
    return await readFile(file.path);
  } catch (error) {
    throw unusable(file, reasonOf(failureCode(error)));
  }
}

/**
 * Reads the OIDC token in a file, anew each time, for whoever issues it renews it there.
 *
 * @throws ProviderError `CSP_CREDENTIAL_UNUSABLE` where the file cannot be read or is empty.
 */
export async function readTokenFile(file: CredentialFile): Promise<string> {
  const token = (await readCredentialFile(file)).toString("utf8").trim();
  if (token === "") throw unusable(file, "it is empty");
  if (/\s/.test(token)) throw unusable(file, "it holds more than one word, and a token is one");
  return token;
}

/** The error of a file that is not what it should be. */
export function unusable({ path, variable }: CredentialFile, reason: string): ProviderError {
  return new ProviderError("CSP_CREDENTIAL_UNUSABLE", { variable, path, reason });
}

function reasonOf(code: string | undefined): string {
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  return `it cannot be read (${code ?? "unknown"})`;
}

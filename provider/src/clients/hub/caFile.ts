import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { isHostOfHub } from "../../domain/hub.ts";
import { failureCode } from "../wire/http/connectionErrors.ts";
import type { TrustedAuthorities } from "../wire/http/trustAlso.ts";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Why a file cannot be read, by Node's code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "reading it is not permitted",
};

/**
 * Reads the authorities of a Hub's certificates, to be trusted beside the machine's own on the Hub's hosts alone: whoever
 * runs a Hub is not to vouch for Microsoft Entra ID.
 *
 * @param path - of a file with one or more certificates in PEM.
 * @throws ProviderError `CSP_HUB_CA_FILE`
 */
export function readCaFile(path: string, endpoint: string): TrustedAuthorities {
  const { host } = new URL(endpoint);
  const unusable = (reason: string) => new ProviderError("CSP_HUB_CA_FILE", { path, host, reason });
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = failureCode(error) ?? "";
    throw unusable(REASONS[code] ?? `reading it failed (${code})`);
  }
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw unusable("it holds no certificate in PEM");
  try {
    for (const pem of found) new X509Certificate(pem);
  } catch {
    throw unusable("a certificate in it cannot be read");
  }
  return { ca: [...getCACertificates("default"), ...found], isMeant: (url) => isHostOfHub(endpoint, url) };
}

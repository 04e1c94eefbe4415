import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { type CredentialFile, readCredentialFile, unusable } from "./credentialFile.ts";
import { openPfx } from "./pfx.ts";

/** A file with a certificate and its private key. */
export interface CertificateFile extends CredentialFile {
  readonly password: string | undefined;
  /** The variable that the password is, or would be, in. */
  readonly passwordVariable: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/;
const ENCRYPTED = /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/;

/**
 * Reads a certificate and its private key, in PEM or PFX.
 *
 * @returns PEM as the sign-in library takes it: the key without a password, and its own certificate before all others,
 *   because the library names the first one to Entra ID.
 * @throws ProviderError `CSP_CREDENTIAL_UNUSABLE` with the reason, by which nothing of the file's content is told.
 */
export async function readClientCertificate(file: CertificateFile): Promise<string> {
  const text = readPem(file, await readCredentialFile(file));
  const key = readKey(file, text);
  const certificates = readCertificates(file, text);
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) throw unusable(file, "its private key belongs to another certificate");
  const others = certificates.filter((certificate) => certificate !== own);
  const pem = key.export({ format: "pem", type: "pkcs8" }).toString();
  return [pem, ...[own, ...others].map(String)].join("\n");
}

function readPem(file: CertificateFile, bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (text.trim() === "") throw unusable(file, "it is empty");
  if (text.includes("-----BEGIN ")) return text;
  const opened = openPfx(bytes, file.password ?? "");
  if (opened === "malformed") throw unusable(file, "it is neither PEM nor PFX");
  if (opened !== "locked") return opened.pem;
  const { password, passwordVariable } = file;
  const missing = `it has a password, and ${passwordVariable} is not set`;
  throw unusable(file, password === undefined ? missing : `the password in ${passwordVariable} does not open it`);
}

function readKey(file: CertificateFile, text: string): KeyObject {
  const pem = PRIVATE_KEY.exec(text)?.[0];
  if (pem === undefined) throw unusable(file, "it holds no private key");
  const isEncrypted = ENCRYPTED.test(pem);
  if (isEncrypted && file.password === undefined) {
    throw unusable(file, `its private key has a password, and ${file.passwordVariable} is not set`);
  }
  const key = parseKey(pem, file.password);
  if (!key) {
    const wrong = `the password in ${file.passwordVariable} does not open its private key`;
    throw unusable(file, isEncrypted ? wrong : "its private key cannot be read");
  }
  // The library signs with RSA alone (RS256 or PS256).
  const kind = key.asymmetricKeyType ?? "another";
  if (kind !== "rsa") throw unusable(file, `its private key is of the kind ${kind}, and the sign-in needs RSA`);
  return key;
}

function parseKey(pem: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    return undefined;
  }
}

function readCertificates(file: CertificateFile, text: string): readonly X509Certificate[] {
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw unusable(file, "it holds no certificate");
  try {
    return found.map((pem) => new X509Certificate(pem));
  } catch {
    throw unusable(file, "its certificate cannot be read");
  }
}

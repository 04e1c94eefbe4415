// tsyringe, which the certificate library is built on, asks for this polyfill to be loaded first.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const DAY_IN_MS = 24 * 60 * 60 * 1000;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A certificate authority of one run, and what the listener shows; all in PEM. */
export interface ServerCertificates {
  readonly caPem: string;
  /** The listener's certificate. */
  readonly certPem: string;
  readonly keyPem: string;
}

/**
 * Makes an authority and, signed by it, a certificate for these addresses and localhost.
 *
 * Key identifiers and the authority's keyCertSign are what strict clients demand (Python from 3.13 on); the host must
 * stand among the alternative names as an IP entry.
 */
export async function createCertificates(now: Date, addresses: readonly string[]): Promise<ServerCertificates> {
  const notBefore = new Date(now.getTime() - DAY_IN_MS);
  const notAfter = new Date(now.getTime() + 365 * DAY_IN_MS);
  const [caKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()]);
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=azurestack-csp emulator authority",
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const server = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: "CN=azurestack-csp emulator",
    issuer: ca.subject,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...addresses.map((value) => ({ type: "ip", value }) as const),
        { type: "dns", value: "localhost" },
      ]),
      await AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
    ],
  });
  return { caPem: `${ca.toString("pem")}\n`, certPem: server.toString("pem"), keyPem: await exportKey(serverKeys) };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function exportKey({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}

/** Differs from run to run: clients remember certificates by issuer and serial number. */
function serialNumber(): string {
  return `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString("hex")}`;
}

// tsyringe, which the certificate library is built on, asks for this polyfill to be loaded first.
import "reflect-metadata";
import { KeyObject, webcrypto } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";

/** A certificate that its own key has signed. */
export interface OwnCertificate {
  /** In PEM. */
  readonly certificate: string;
  readonly key: KeyObject;
}

/** Makes a certificate of an application, as people upload one to Entra ID. */
export async function createCertificate(kind: "RSA" | "EC" = "RSA"): Promise<OwnCertificate> {
  const algorithm =
    kind === "EC"
      ? { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }
      : {
          name: "RSASSA-PKCS1-v1_5",
          hash: "SHA-256",
          modulusLength: 2048,
          publicExponent: new Uint8Array([1, 0, 1]),
        };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=application",
    notBefore: new Date("2026-01-01"),
    notAfter: new Date("2046-01-01"),
    signingAlgorithm: algorithm,
    keys,
  });
  return { certificate: certificate.toString("pem"), key: KeyObject.from(keys.privateKey) };
}

import { createRequire } from "node:module";

/** Why a PFX file cannot be opened: it is none, or it is one and the password is another. */
type PfxProblem = "malformed" | "locked";

/**
 * Opens a PFX file (PKCS #12, RFC 7292), which Node reads for its own connections only.
 *
 * @param password - empty where the file has none.
 * @returns its private keys and certificates, in PEM and without the password.
 */
export function openPfx(bytes: Buffer, password: string): { readonly pem: string } | PfxProblem {
  const forge: typeof import("node-forge") = createRequire(import.meta.url)("node-forge");
  const { asn1, pem, pkcs12, pki } = forge;
  let structure: ReturnType<typeof asn1.fromDer>;
  try {
    structure = asn1.fromDer(bytes.toString("latin1"));
  } catch {
    return "malformed";
  }
  try {
    const bags = pkcs12.pkcs12FromAsn1(structure, password).safeContents.flatMap(({ safeBags }) => safeBags);
    const keys = bags.flatMap(({ key }) => (key ? pki.privateKeyToPem(key) : []));
    const certificates = bags.flatMap(({ cert }) => {
      if (!cert) return [];
      const body = asn1.toDer(pki.certificateToAsn1(cert)).getBytes();
      return pem.encode({ type: "CERTIFICATE", body } as Parameters<typeof pem.encode>[0]);
    });
    return { pem: [...keys, ...certificates].join("\n") };
  } catch {
    // A wrong password fails the file's check sum; what it has locked is not looked at.
    return "locked";
  }
}

import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import forge from "node-forge";
import { readClientCertificate } from "../../../../../provider/src/clients/access/clientCertificate.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { createCertificate, type OwnCertificate } from "../../../../support/createCertificate.ts";

const PASSWORD = "hush-hush";

/** As OpenSSL prints it; Entra ID knows a certificate by it. */
const FINGERPRINT = "CE:32:9A:F4:B7:0C:4C:84:D2:40:24:57:C3:2D:06:96:61:BC:22:08";

describe("readClientCertificate", () => {
  let folder: string;
  let own: OwnCertificate;
  let other: OwnCertificate;
  let elliptic: OwnCertificate;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "certificate-"));
    [own, other, elliptic] = await Promise.all([createCertificate(), createCertificate(), createCertificate("EC")]);
  });

  after(() => rm(folder, { recursive: true }));

  const pemOf = ({ key }: OwnCertificate) => key.export({ format: "pem", type: "pkcs8" }).toString();
  const lockedOf = ({ key }: OwnCertificate, type: "pkcs8" | "pkcs1" = "pkcs8") =>
    key.export({ format: "pem", type, cipher: "aes-256-cbc", passphrase: PASSWORD }).toString();

  async function read(content: string | Buffer, password?: string): Promise<string> {
    const path = join(folder, "file");
    await writeFile(path, content);
    const variables = { variable: "ARM_CLIENT_CERTIFICATE_PATH", passwordVariable: "ARM_CLIENT_CERTIFICATE_PASSWORD" };
    return await readClientCertificate({ path, password, ...variables });
  }

  async function reasonFor(content: string | Buffer, password?: string): Promise<string> {
    try {
      await read(content, password);
    } catch (error) {
      assert.ok(hasCode(error, "CSP_CREDENTIAL_UNUSABLE"), String(error));
      assert.match(error.message, /ARM_CLIENT_CERTIFICATE_PATH names \S+file, which cannot be used: /);
      assert.ok(!error.message.includes(PASSWORD) && !error.message.includes("BEGIN"));
      return error.details.reason;
    }
    return assert.fail("read");
  }

  const fixture = (name: string) => readFileSync(new URL(`../../../../fixtures/certificates/${name}`, import.meta.url));

  function pfxOf(certificates: readonly string[], key?: string, password = PASSWORD): Buffer {
    const { asn1, pkcs12, pki } = forge;
    const privateKey = key === undefined ? null : pki.privateKeyFromPem(key);
    const chain = certificates.map((certificate) => pki.certificateFromPem(certificate));
    const file = pkcs12.toPkcs12Asn1(privateKey, chain, password);
    return Buffer.from(asn1.toDer(file).getBytes(), "latin1");
  }

  const fits = (pem: string) => {
    const first = new X509Certificate(pem);
    assert.equal(first.toString(), new X509Certificate(own.certificate).toString());
    assert.ok(first.checkPrivateKey(createPrivateKey(pem)));
  };

  it("takes certificate and key in either order, and the key's own certificate first", async () => {
    fits(await read(`${own.certificate}\n${pemOf(own)}`));
    fits(await read(`${pemOf(own)}\n${own.certificate}`));
    const pem = await read(`Bag Attributes\n${pemOf(own)}\nsubject=CN\n${other.certificate}\n${own.certificate}`);
    fits(pem);
    assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 2);
  });

  it("takes a key with a password, in both of its notations", async () => {
    for (const type of ["pkcs8", "pkcs1"] as const) {
      fits(await read(`${lockedOf(own, type)}\n${own.certificate}`, PASSWORD));
    }
  });

  it("does not mind a password that a key has no need of", async () => {
    fits(await read(`${pemOf(own)}\n${own.certificate}`, PASSWORD));
  });

  for (const name of ["aes256.pfx", "legacy.pfx"]) {
    it(`takes a PFX file, ${name}`, async () => {
      const pem = await read(fixture(name), PASSWORD);

      const certificate = new X509Certificate(pem);
      assert.equal(certificate.subject, "CN=application");
      assert.equal(certificate.fingerprint, FINGERPRINT);
      assert.ok(certificate.checkPrivateKey(createPrivateKey(pem)));
    });
  }

  it("takes a PFX file without a password, and the key's own certificate first of several", async () => {
    const pem = await read(pfxOf([other.certificate, own.certificate], pemOf(own), ""));
    fits(pem);
    assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 2);
  });

  it("says what is wrong with a file, and repeats nothing of it", async () => {
    const unset = "its private key has a password, and ARM_CLIENT_CERTIFICATE_PASSWORD is not set";
    const wrong = "the password in ARM_CLIENT_CERTIFICATE_PASSWORD does not open its private key";
    for (const [content, password, reason] of [
      ["", undefined, "it is empty"],
      ["hello", undefined, "it is neither PEM nor PFX"],
      [fixture("aes256.pfx").subarray(0, -1), PASSWORD, "it is neither PEM nor PFX"],
      [fixture("aes256.pfx"), "wrong", "the password in ARM_CLIENT_CERTIFICATE_PASSWORD does not open it"],
      [fixture("aes256.pfx"), undefined, "it has a password, and ARM_CLIENT_CERTIFICATE_PASSWORD is not set"],
      [fixture("legacy.pfx"), "wrong", "the password in ARM_CLIENT_CERTIFICATE_PASSWORD does not open it"],
      [pfxOf([own.certificate]), PASSWORD, "it holds no private key"],
      [own.certificate, undefined, "it holds no private key"],
      [pemOf(own), undefined, "it holds no certificate"],
      [`${pemOf(own)}\n${other.certificate}`, undefined, "its private key belongs to another certificate"],
      [`${lockedOf(own)}\n${own.certificate}`, undefined, unset],
      [`${lockedOf(own, "pkcs1")}\n${own.certificate}`, undefined, unset],
      [`${lockedOf(own)}\n${own.certificate}`, "wrong", wrong],
      [
        `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${own.certificate}`,
        undefined,
        "its private key cannot be read",
      ],
      [
        `${pemOf(own)}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
        undefined,
        "its certificate cannot be read",
      ],
      [
        `${pemOf(elliptic)}\n${elliptic.certificate}`,
        undefined,
        "its private key is of the kind ec, and the sign-in needs RSA",
      ],
    ] as const) {
      assert.equal(await reasonFor(content, password), reason);
    }
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCaFile } from "../../../../../provider/src/clients/hub/caFile.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { createCertificate } from "../../../../support/createCertificate.ts";

const ENDPOINT = "https://adminmanagement.local.azurestack.external";

describe("readCaFile", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ca-file-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  it("adds all certificates of the file to those of the machine, on the Hub's own hosts alone", async () => {
    const { certificate } = await createCertificate();
    const other = (await createCertificate()).certificate;

    const { ca, isMeant } = readCaFile(write("both.pem", `${certificate}\n# a comment\n${other}\n`), ENDPOINT);

    assert.deepEqual(ca.slice(-2), [certificate, other]);
    assert(ca.length > 100, "the machine's own are kept");
    assert(isMeant(new URL("https://adfs.local.azurestack.external/adfs")));
    assert(!isMeant(new URL("https://login.microsoftonline.com")));
  });

  for (const [what, path, reason] of [
    ["a file that is not there", () => join(folder, "missing.pem"), "there is no such file"],
    ["a folder", () => folder, "it is a folder"],
    ["a file without a certificate", () => write("words.pem", "no certificate"), "it holds no certificate in PEM"],
    [
      "a certificate that is cut off",
      () => write("cut.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
      "a certificate in it cannot be read",
    ],
  ] as const) {
    it(`refuses ${what}, with its path and the reason`, () => {
      assert.throws(
        () => readCaFile(path(), ENDPOINT),
        (error) => {
          assert(hasCode(error, "CSP_HUB_CA_FILE"), String(error));
          assert.deepEqual(error.details, { path: path(), host: "adminmanagement.local.azurestack.external", reason });
          return true;
        },
      );
    });
  }
});

import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createDefaultHttpClient } from "@azure/core-rest-pipeline";
import { createDirectoryCredentials } from "../../../../../provider/src/clients/access/directoryCredentials.ts";
import { readSettings } from "../../../../../provider/src/clients/access/settings.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

const DIRECTORY = "61fab11c-a4eb-4a48-9963-9823113288f3";

// A stand-in for `az` is a script, which only a shell runs by its name.
if (process.platform !== "win32") {
  describe("createDirectoryCredentials, with the machine's Azure CLI", () => {
    const before = { PATH: process.env.PATH, AZURE_TOKEN_CREDENTIALS: process.env.AZURE_TOKEN_CREDENTIALS };
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "tools-"));
      process.env.PATH = `${folder}${delimiter}${before.PATH}`;
      process.env.AZURE_TOKEN_CREDENTIALS = "AzureCliCredential";
    });

    afterEach(async () => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await rm(folder, { recursive: true });
    });

    /** Asks for a token of an `az` that does what the script says. */
    async function failureOf(script: string, toolTimeoutInMs?: number): Promise<string> {
      const az = join(folder, "az");
      await writeFile(az, script);
      await chmod(az, 0o755);
      const credentials = createDirectoryCredentials({
        settings: readSettings({}),
        httpClient: async () => createDefaultHttpClient(),
        toolTimeoutInMs,
      });
      try {
        await credentials(DIRECTORY).getToken("https://management.azure.com/.default");
      } catch (error) {
        assert.ok(hasCode(error, "CSP_CREDENTIAL_MISSING"), String(error));
        return error.message;
      }
      return assert.fail("signed in");
    }

    it("ends one that does not answer, and says which, and how to sign in to the directory", async () => {
      const message = await failureOf("#!/bin/sh\nexec sleep 600\n", 100);

      assert.match(message, /\n {2}- `az` did not answer within 0\.1 s and was ended\.\n/);
      assert.match(message, /`az login --tenant 61fab11c-a4eb-4a48-9963-9823113288f3`/);
    });

    it("says nothing of the kind of one that fails by itself", async () => {
      assert.doesNotMatch(await failureOf("#!/bin/sh\necho broken >&2\nexit 3\n"), /did not answer/);
    });
  });
}

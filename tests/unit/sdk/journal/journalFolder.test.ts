import assert from "node:assert/strict";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { journalFolderOf } from "../../../../sdk/nodejs/src/journal/journalFolder.ts";

if (process.platform !== "win32") {
  describe("journalFolderOf", () => {
    const workDir = resolve("work");
    const find = (url: string, env: Readonly<Record<string, string>> = {}) =>
      journalFolderOf({ url, project: "shop", workDir, env });

    it("is beside the stacks of a file backend, whatever the environment says", () => {
      for (const [url, backend] of [
        ["file:///srv/a%20backend", "/srv/a backend"],
        ["file:///srv/backend?no_tmp_dir=true", "/srv/backend"],
        ["file://~/backend", join(homedir(), "backend")],
        ["file://./backend", resolve(workDir, "backend")],
      ] as const) {
        assert.deepEqual(find(url, { AZURESTACK_CSP_JOURNAL: "/elsewhere" }), {
          path: join(backend, ".pulumi", "azurestack-csp", "shop"),
          backend,
          isBesideStack: true,
        });
      }
    });

    it("is where the environment says for a backend elsewhere, and counts as found again", () => {
      const { path, ...rest } = find("https://api.pulumi.com", { AZURESTACK_CSP_JOURNAL: "/journals" });

      assert.equal(dirname(dirname(path)), "/journals");
      assert.deepEqual(rest, { backend: undefined, isBesideStack: true });
    });

    it("is in Pulumi's home where nobody says it, which another machine does not find again", () => {
      const { path, isBesideStack } = find("s3://bucket", { PULUMI_HOME: "/home/pulumi" });

      assert.equal(dirname(dirname(path)), "/home/pulumi/azurestack-csp");
      assert.equal(isBesideStack, false);
    });

    it("is another one for another backend, whose stacks may have the same names", () => {
      const env = { AZURESTACK_CSP_JOURNAL: "/journals" };

      assert.notEqual(find("s3://one", env).path, find("s3://two", env).path);
      assert.equal(find("s3://one", env).path, find("s3://one", env).path);
    });
  });
}

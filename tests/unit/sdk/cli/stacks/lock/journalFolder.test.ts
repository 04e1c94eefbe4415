import assert from "node:assert/strict";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { findJournalFolder } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/journalFolder.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";

if (process.platform !== "win32") {
  describe("findJournalFolder", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
    });

    afterEach(() => pulumi.remove());

    async function find(url: string, env: Readonly<Record<string, string>> = {}) {
      await pulumi.signIn(url);
      return await findJournalFolder(pulumi.project.workspace, { project: "shop", env });
    }

    it("is beside the stacks of a file backend, whatever the environment says", async () => {
      for (const [url, backend] of [
        ["file:///srv/a%20backend", "/srv/a backend"],
        ["file:///srv/backend?no_tmp_dir=true", "/srv/backend"],
        ["file://~/backend", join(homedir(), "backend")],
        ["file://./backend", resolve(pulumi.project.workspace.workDir, "backend")],
      ] as const) {
        assert.deepEqual(await find(url, { AZURESTACK_CSP_JOURNAL: "/elsewhere" }), {
          path: join(backend, ".pulumi", "azurestack-csp", "shop"),
          backend,
          isBesideStack: true,
        });
      }
    });

    it("is where the environment says for a backend elsewhere, and counts as found again", async () => {
      const { path, ...rest } = await find("https://api.pulumi.com/somebody", { AZURESTACK_CSP_JOURNAL: "/journals" });

      assert.equal(dirname(dirname(path)), "/journals");
      assert.deepEqual(rest, { backend: undefined, isBesideStack: true });
    });

    it("is in Pulumi's home where nobody says it, which another machine does not find again", async () => {
      const { path, isBesideStack } = await find("s3://bucket", { PULUMI_HOME: "/home/pulumi" });

      assert.equal(dirname(dirname(path)), "/home/pulumi/azurestack-csp");
      assert.equal(isBesideStack, false);
    });

    it("is another one for another backend, whose stacks may have the same names", async () => {
      const env = { AZURESTACK_CSP_JOURNAL: "/journals" };

      assert.notEqual((await find("s3://one", env)).path, (await find("s3://two", env)).path);
      assert.equal((await find("s3://one", env)).path, (await find("s3://one", env)).path);
    });
  });
}

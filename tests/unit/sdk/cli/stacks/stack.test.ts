import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { projectIn } from "../../../../../sdk/nodejs/src/cli/stacks/project.ts";
import { openStack } from "../../../../../sdk/nodejs/src/cli/stacks/stack.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import { tenant } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";
import { resource } from "../reconcile/customers.ts";

if (process.platform !== "win32") {
  describe("a stack", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", []);
      await pulumi.put("other", []);
    });

    afterEach(() => pulumi.remove());

    it("asks Pulumi nothing while it is only opened", async () => {
      const before = await pulumi.commands();

      openStack(pulumi.project, "test").sibling("other");

      assert.deepEqual(await pulumi.commands(), before);
    });

    it("takes resources into its own state, with what they stand on, and into no sibling's", async () => {
      const { managed } = await openStack(pulumi.project, "other")
        .sibling("test")
        .put([resource(1)]);

      assert.deepEqual(
        managed.map(({ tenantId }) => tenantId),
        [tenant(1)],
      );
      const [root] = await pulumi.resources("test");
      assert.equal(root?.urn, "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test");
      assert.deepEqual(await pulumi.resources("other"), []);
    });

    it("is locked under its own name, for as long as nobody releases it", async () => {
      const stack = openStack(pulumi.project, "test");
      const waiting = { terminal: createPipelineTerminal(), signal: new AbortController().signal };
      const lock = await stack.lock(waiting);

      await assert.rejects(stack.lock(waiting), { code: "CSP_RECONCILE_BUSY" });
      await (await stack.sibling("other").lock(waiting)).release();
      assert.deepEqual(await readdir(pulumi.runs), ["test.lock"]);

      await lock.release();
      assert.deepEqual(await readdir(pulumi.runs), []);
    });

    it("knows where locks and journals are without asking Pulumi, for all stacks of its project", async () => {
      const { workspace } = pulumi.project;
      workspace.envVars.PULUMI_BACKEND_URL = "file:///srv/backend";
      const project = { ...pulumi.project, ...projectIn(workspace, { name: "shop", env: {} }) };
      const before = await pulumi.commands();

      const folders = [
        await openStack(project, "test").journalFolder(),
        await openStack(project, "other").journalFolder(),
      ];

      assert.deepEqual(
        folders.map(({ path }) => path),
        ["/srv/backend/.pulumi/azurestack-csp/shop", "/srv/backend/.pulumi/azurestack-csp/shop"],
      );
      assert.deepEqual(await pulumi.commands(), before);
    });
  });
}

import assert from "node:assert/strict";
import { ensureStacks } from "../../../../../../sdk/nodejs/src/cli/stacks/ensureStacks.ts";
import { editStack } from "../../../../../../sdk/nodejs/src/cli/stacks/state/stackState.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import { tenant } from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { resource } from "../../reconcile/customers.ts";

if (process.platform !== "win32") {
  describe("of a project", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", [resource(1)]);
    });

    afterEach(() => pulumi.remove());

    describe("editStack", () => {
      it("writes what the edit makes of the state, and gives it back", async () => {
        const { managed } = await editStack(pulumi.project, "test", (deployment) => ({
          ...deployment,
          resources: [...deployment.resources, resource(2)],
        }));

        assert.deepEqual(await pulumi.resources("test"), [resource(1), resource(2)]);
        assert.deepEqual(
          managed.map(({ tenantId }) => tenantId),
          [tenant(1), tenant(2)],
        );
      });

      it("writes nothing where the edit changes nothing", async () => {
        await editStack(pulumi.project, "test", (deployment) => deployment);

        assert.deepEqual(await pulumi.imports(), []);
      });
    });

    describe("ensureStacks", () => {
      const stacks = async () =>
        (await pulumi.project.workspace.listStacks()).map(
          ({ name, current }) => `${name}${current ? " selected" : ""}`,
        );

      it("makes what is not there, and leaves the selected stack selected", async () => {
        await pulumi.project.workspace.selectStack("test");

        await ensureStacks(pulumi.project, ["test", "test.paris"]);

        assert.deepEqual(await stacks(), ["test selected", "test.paris"]);
        assert.deepEqual(await pulumi.resources("test"), [resource(1)]);
      });

      it("knows a stack by its full name too", async () => {
        await ensureStacks(pulumi.project, ["organization/shop/test"]);

        assert.deepEqual(await stacks(), ["test"]);
      });
    });
  });
}

import assert from "node:assert/strict";
import { leftIssues } from "../../../../../sdk/nodejs/src/cli/plan/leftIssues.ts";
import { journalOf } from "../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import {
  createWorld,
  mapping,
  notAuthorized,
  subscription,
} from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";
import { listOf, managed, write } from "../reconcile/customers.ts";

if (process.platform !== "win32") {
  describe("leftIssues", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await journalOf({ path: pulumi.runs }, "test").write([1, 2, 3].map((n) => write(n)));
    });

    afterEach(() => pulumi.remove());

    async function find(client = createWorld([mapping(1, 1), mapping(2, 2), mapping(3, 3)])) {
      const terminal = createPipelineTerminal();
      const deployment = { resources: [] };
      const state = {
        stack: "test",
        stacks: ["test"],
        managed: [managed(1)],
        deployment,
        missing: undefined,
        others: [],
      };
      const issues = await leftIssues(pulumi.project, { state, list: listOf(2), clientOf: () => client, terminal });
      return { issues, said: terminal.said.join("\n") };
    }

    it("warn once for a registration of what is live, and neither managed nor declared", async () => {
      const { issues } = await find();

      assert.deepEqual(
        issues.map(({ severity, code }) => `${severity} ${code}`),
        ["warning CSP_WRITES_LEFT"],
      );
      assert.match(issues[0]?.message ?? "", new RegExp(`1 in number: ${subscription(3)} .*No state holds them`));
    });

    it("are none where nothing of it is live", async () => {
      assert.deepEqual((await find(createWorld([mapping(1, 1)]))).issues, []);
    });

    it("are said to be not known where Azure cannot be asked", async () => {
      const client = createWorld([mapping(3, 3)]);
      client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

      const { issues, said } = await find(client);

      assert.deepEqual(issues, []);
      assert.match(said, /could not be looked up, and is not known: .*CSP_NOT_AUTHORIZED/);
    });
  });
}

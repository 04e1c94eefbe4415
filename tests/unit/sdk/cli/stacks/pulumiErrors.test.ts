import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { asking, wasKilled } from "../../../../../sdk/nodejs/src/cli/stacks/pulumiErrors.ts";
import { runPulumi } from "../../../../../sdk/nodejs/src/cli/stacks/runPulumi.ts";

if (process.platform !== "win32") {
  describe("wasKilled", () => {
    let root: string;

    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), "azurestack-csp-pulumi-"));
    });

    afterEach(async () => {
      await rm(root, { recursive: true });
    });

    /** What the command line meets where Pulumi ends in this way: through the Automation API, and without it. */
    async function failures(end: string): Promise<readonly unknown[]> {
      await mkdir(join(root, "bin"));
      const cli = join(root, "bin", "pulumi");
      await writeFile(cli, `#!/bin/sh\nif [ "$1" = version ]; then echo v3.276.0; else ${end}; fi\n`);
      await chmod(cli, 0o755);
      const pulumiCommand = await PulumiCommand.get({ root });
      const projectSettings = { name: "shop", runtime: "nodejs" } as const;
      const workspace = await LocalWorkspace.create({ workDir: root, pulumiCommand, projectSettings });
      const request = { action: "list the stacks" };
      const calls = [
        asking(request, async () => await workspace.listStacks()),
        runPulumi(workspace, { ...request, args: ["stack", "ls"] }),
      ];
      return (await Promise.allSettled<unknown>(calls)).map((outcome) =>
        outcome.status === "rejected" ? outcome.reason : assert.fail("it succeeded"),
      );
    }

    it("is so of a command that a signal has ended", async () => {
      assert.deepEqual((await failures("kill -KILL $$")).map(wasKilled), [true, true]);
    });

    it("is not so of a command that has failed, nor of any other error", async () => {
      assert.deepEqual((await failures("exit 255")).map(wasKilled), [false, false]);
      assert.equal(wasKilled(new Error("killed")), false);
      assert.equal(wasKilled("SIGKILL"), false);
    });
  });
}

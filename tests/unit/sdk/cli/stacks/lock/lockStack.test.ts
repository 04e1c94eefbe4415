import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { lockStack } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/lockStack.ts";
import { thisMachine } from "../../../../../../sdk/nodejs/src/processes/machine.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import { createPipelineTerminal } from "../../console/pipelineTerminal.ts";

if (process.platform !== "win32") {
  describe("lockStack", () => {
    let pulumi: StandInForPulumi;
    let dead: number;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", []);
      dead = spawnSync(process.execPath, ["--version"]).pid;
    });

    afterEach(() => pulumi.remove());

    const lock = ({ stack = "test" } = {}) => {
      const folder = { path: pulumi.runs, backend: pulumi.runs, isBesideStack: true };
      const waiting = { terminal: createPipelineTerminal(), signal: new AbortController().signal };
      return lockStack({ project: pulumi.project, stack, folder }, waiting);
    };
    /** The lock of a reconcile that was killed. */
    const abandon = ({ stack = "test" } = {}) => {
      const holder = { ...thisMachine().self, pid: dead, since: "1970-01-01T00:00:00.000Z" };
      return writeFile(join(pulumi.runs, `${stack}.lock`), JSON.stringify(holder));
    };
    /** Pulumi's own lock of a process. */
    async function lockByPulumi(pid: number, { stack = "test" } = {}): Promise<void> {
      const folder = join(pulumi.runs, ".pulumi", "locks", "organization", "shop", stack);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "one.json"), JSON.stringify({ pid, hostname: hostname() }));
    }
    const cancelled = async () => (await pulumi.commands()).filter((command) => command.startsWith("cancel"));

    it("frees a stack from the lock that Pulumi left when a reconcile was killed", async () => {
      await abandon();
      await lockByPulumi(dead);

      await lock();

      assert.deepEqual(await cancelled(), ["cancel --yes test --non-interactive"]);
    });

    it("leaves an update alone that goes on although its reconcile is dead", async () => {
      await abandon();
      await lockByPulumi(process.pid);

      await lock();

      assert.deepEqual(await cancelled(), []);
    });

    it("leaves a lock of Pulumi's alone that no killed reconcile explains", async () => {
      await lockByPulumi(dead);

      await lock();

      assert.deepEqual(await cancelled(), []);
    });

    it("gives its own lock back where the stack cannot be freed", async () => {
      await abandon({ stack: "gone" });
      await lockByPulumi(dead, { stack: "gone" });

      await assert.rejects(lock({ stack: "gone" }), { code: "CSP_COMMAND_PULUMI_FAILED" });

      assert.deepEqual(await readdir(pulumi.runs), [".pulumi"]);
    });
  });
}

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { delmas, garance, lyon, paris, registrationIdOf } from "../../support/customers.ts";
import { createStack } from "../../support/pulumiCommand.ts";
import {
  assertFailed,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

const pack = join(workspaceRoot, "examples", "policy-pack");

// The way to start a pack without the language host; Windows runs no script as a program.
if (process.platform !== "win32") {
  describe("examples/policy-pack", () => {
    let azure: Emulator;
    let stack: TenantStack;
    let executable: string;

    before(async () => {
      azure = await createEmulator();
      stack = await createTenantStack({ azure, rows: [delmas, garance], guarded: true });
      executable = join(stack.program, "policies.mjs");
      // A pack takes its version from the package.json of the folder that it runs in.
      const start = `process.chdir(${JSON.stringify(pack)});\nawait import(${JSON.stringify(join(pack, "index.ts"))});`;
      await writeFile(executable, `#!/usr/bin/env node\n${start}\n`, { mode: 0o755 });
    });

    after(async () => {
      await stack.remove();
      await azure.close();
    });

    it("stops an up on a registration that is not allowed, before anything is written", async () => {
      const output = assertFailed(await up({ registrations: [registrationIdOf(lyon)] }));

      assert.match(output, /registrations-are-ours/);
      assert.match(output, /azurestack-hub-paris is none of the 1 registrations that are allowed/);
      assert.deepEqual(writesOf(azure), []);
    });

    it("lets an up of a guarded list pass", async () => {
      const result = await up({ registrations: [registrationIdOf(paris)] });

      assertSucceeded(result);
      assert.doesNotMatch(result.stdout, /\[mandatory\]|\[advisory\]/);
      assert.equal(writesOf(azure).length, 2);
    });

    it("stops a preview in which the guard is switched off", async () => {
      const set = ["config", "set", "maxRemovals", "100%"];
      assertSucceeded(await stack.run(set));

      const output = assertFailed(await stack.preview("--policy-pack", executable));

      assert.match(output, /guard-keeps-its-limits/);
    });

    it("stops a preview of a customer subscription without a guard", async () => {
      const other = await createStack({ program: join(workspaceRoot, "examples", "one-customer"), azure });
      try {
        const output = assertFailed(await other.preview("--policy-pack", executable));

        assert.match(output, /mappings-are-guarded/);
        assert.match(output, /No guard stands beside mecanique-perrault/);
      } finally {
        await other.remove();
      }
    });

    async function up(registrationsAreOurs: object) {
      const config = join(stack.program, "policies.json");
      await writeFile(config, JSON.stringify({ "registrations-are-ours": registrationsAreOurs }));
      return await stack.up("--policy-pack", executable, "--policy-pack-config", config);
    }
  });
}

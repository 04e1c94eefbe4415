import assert from "node:assert/strict";
import { once } from "node:events";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, paris, registrationIdOf } from "../../support/customers.ts";
import { createListFolder, type ListFolder, runCommand, startCommand } from "./runCommand.ts";

describe("azurestack-csp validate", () => {
  let azure: Emulator;
  let folder: ListFolder;

  before(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
    const registrations = { paris: { registrationId: registrationIdOf(paris) } };
    await folder.write("registrations.yaml", JSON.stringify({ registrations }));
    await folder.write("good.yaml", JSON.stringify({ tenants: [{ ...delmas, registrations: ["paris"] }] }));
    await folder.write("bad.yaml", "tenants:\n  - name: Delmas\n    tenantld: no\n");
  });

  after(async () => {
    await folder.remove();
    await azure.close();
  });

  it("accepts a list in several files, and asks nobody", async () => {
    azure.resetJournal();

    const { code, stdout } = await runCommand(folder, "validate", "registrations.yaml", "good.yaml");

    assert.equal(code, 0);
    assert.equal(stdout, "The tenant list is right: 1 tenant on 1 registration, 1 mapping; 0 warnings.\n");
    assert.deepEqual(azure.journal(), []);
  });

  it("reports everything that is wrong, with file, line and column", async () => {
    const { code, stdout, stderr } = await runCommand(folder, "validate", "registrations.yaml", "bad.yaml");

    assert.equal(code, 3);
    assert.match(stderr, /^bad\.yaml:3:5: \[CSP_LIST_UNKNOWN_KEY\]/m);
    assert.match(stderr, /^bad\.yaml:2:5: \[CSP_INPUT_REQUIRED\]/m);
    assert.match(stdout, /^The tenant list is not usable: \d errors, 0 warnings\.\n$/);
  });

  it("prints the same as one JSON document", async () => {
    const { stdout } = await runCommand(folder, "validate", "registrations.yaml", "bad.yaml", "--json");

    const { ok, issues } = JSON.parse(stdout) as { ok: boolean; issues: readonly { code: string; line: number }[] };
    assert.equal(ok, false);
    assert.ok(issues.some(({ code, line }) => code === "CSP_LIST_UNKNOWN_KEY" && line === 3));
  });

  it("ends as it would where nobody reads on", async () => {
    const child = startCommand(folder, "validate", "registrations.yaml", "bad.yaml", "--json");
    child.stdout.destroy();
    child.stderr.destroy();

    const [code] = await once(child, "close");

    assert.equal(code, 3);
  });

  it("leaves out no file of several that have a default name", async () => {
    const other = await createListFolder(azure);
    try {
      await other.write("tenants.yaml", "registrations: {}\ntenants: []\n");
      await other.write("tenants.csv", "name,tenantId,customerSubscriptionId,registrations\n");

      const { code, stderr } = await runCommand(other, "validate");

      assert.equal(code, 3);
      assert.match(stderr, /^\[CSP_COMMAND_LIST_AMBIGUOUS\] .* tenants\.yaml tenants\.csv\./);
    } finally {
      await other.remove();
    }
  });

  it("has a code for arguments that it does not know", async () => {
    const { code, stderr } = await runCommand(folder, "validate", "--strict");

    assert.equal(code, 2);
    assert.match(stderr, /unknown option '--strict'/);
  });

  it("shows examples with --help, for every command", async () => {
    for (const command of ["validate", "plan", "list", "init", "adopt", "audit", "explain", "usage", "completion"]) {
      const { code, stdout } = await runCommand(folder, command, "--help");

      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`Examples:\\n.*azurestack-csp ${command}`));
    }
  });
});

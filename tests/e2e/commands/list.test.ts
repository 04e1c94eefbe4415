import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, paris, registrationIdOf } from "../../support/customers.ts";
import { createListFolder, type ListFolder, runCommand } from "./runCommand.ts";

describe("azurestack-csp list", () => {
  let azure: Emulator;
  let folder: ListFolder;

  before(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
    const registrations = { paris: { registrationId: registrationIdOf(paris) } };
    const tenants = [delmas, garance].map((customer) => ({ ...customer, registrations: ["paris"] }));
    await folder.write("tenants.yaml", JSON.stringify({ registrations, tenants }));
    await folder.write("broken.yaml", "tenants: {}\n");
  });

  after(async () => {
    await folder.remove();
    await azure.close();
  });

  it("prints the list of the folder as a table, and asks nobody", async () => {
    azure.resetJournal();

    const { code, stdout, stderr } = await runCommand(folder, "list");

    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`${delmas.name} +paris +${delmas.customerSubscriptionId}\n`));
    assert.match(stdout, /2 customers on 1 registration, 2 mappings\.\n$/);
    assert.deepEqual(azure.journal(), []);
  });

  it("prints it as one document, by either option", async () => {
    const { stdout } = await runCommand(folder, "list", "--json");
    const other = await runCommand(folder, "list", "--format", "json");

    const { version, paths, rows } = JSON.parse(stdout) as { version: number; paths: string[]; rows: unknown[] };
    assert.deepEqual([version, paths], [1, ["tenants.yaml"]]);
    assert.partialDeepStrictEqual(rows, [
      { customer: delmas.name, tenantId: delmas.tenantId, registration: "paris", state: "active" },
      { customer: garance.name, customerSubscriptionId: garance.customerSubscriptionId },
    ]);
    assert.equal(other.stdout, stdout);
  });

  it("prints it as CSV and as Markdown", async () => {
    const csv = await runCommand(folder, "list", "--format", "csv");
    const markdown = await runCommand(folder, "list", "-f", "md");

    assert.match(csv.stdout, /^\uFEFFcustomer,tenantId,registration,customerSubscriptionId,state,retainUntil\r\n/);
    assert.match(markdown.stdout, /^\| Customer \| Registration \| Customer subscription \|\n\|---\|---\|---\|\n/);
  });

  it("prints nothing of a list that is not usable", async () => {
    const { code, stdout, stderr } = await runCommand(folder, "list", "broken.yaml", "--format", "json");

    assert.equal(code, 3);
    assert.match(stderr, /^broken\.yaml:1:/);
    assert.ok("error" in JSON.parse(stdout));
  });

  it("refuses a format that it does not have", async () => {
    const { code, stderr } = await runCommand(folder, "list", "--format", "xlsx");

    assert.equal(code, 2);
    assert.match(stderr, /Allowed choices are table, csv, json, md/);
  });
});

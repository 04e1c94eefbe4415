import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { beaumont, delmas, garance, mappingOf, paris, registrationIdOf } from "../../support/customers.ts";
import { writesOf } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder, runCommand } from "./runCommand.ts";

const PARIS = `paris=${registrationIdOf(paris)}`;

/** Partner Center's export of these customers, as it comes. */
const EXPORT = [
  "\uFEFFMicrosoft ID,Company name,Primary domain name,Relationship,Tags",
  `${beaumont.tenantId},"Beaumont, Atelier",beaumont.example,Cloud Reseller,`,
  `${garance.tenantId},Éditions Garance,garance.example,Cloud Reseller,`,
  "",
].join("\r\n");

describe("azurestack-csp init", () => {
  let azure: Emulator;
  let folder: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
  });

  afterEach(async () => {
    await folder.remove();
    await azure.close();
  });

  const written = (file = "tenants.yaml") => readFile(join(folder.cwd, file), "utf8");

  it("writes a list of every registration that it finds, of which plan finds nothing to do but to adopt", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));

    const { code, stdout, stderr } = await runCommand(folder, "init", "--yes");
    const plan = await runCommand(folder, "plan", "--json");

    assert.equal(code, 0, stderr);
    assert.match(stderr, /warning: .*azurestack-hub-marseille is billed by capacity/);
    assert.match(stdout, /^tenants\.yaml declares what is live: \d+ customers on 3 registrations\.\n/);
    for (const key of ["azurestack-hub-paris", "azurestack-hub-lyon", "azurestack-hub-lille"])
      assert.match(await written(), new RegExp(`^  ${key}:$`, "m"));
    assert.match(await written(), /-lyon\n {4}lock:\n {6}name: RegistrationResourceLock\n {6}level: CanNotDelete\n/);
    const { counts } = JSON.parse(plan.stdout) as { counts: Record<string, number> };
    for (const [kind, number] of Object.entries(counts)) if (kind !== "adopt") assert.equal(number, 0, kind);
    assert.deepEqual(writesOf(azure), []);
  });

  it("takes names of Partner Center's export, and its other customers as comments", async () => {
    await folder.write("Customers.csv", EXPORT);

    const args = ["-r", PARIS, "--customers", "Customers.csv", "-o", "hubs.yaml", "--yes", "--json"];
    const { code, stdout, stderr } = await runCommand(folder, "init", ...args);
    const list = await runCommand(folder, "list", "hubs.yaml", "--json");

    assert.equal(code, 0, stderr);
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      version: 1,
      file: "hubs.yaml",
      registrations: ["paris"],
      open: 1,
    });
    assert.match(list.stdout, /"customer":"Beaumont, Atelier"/);
    assert.doesNotMatch(list.stdout, new RegExp(garance.tenantId));
    assert.match(await written("hubs.yaml"), /^# {2}- name: "Éditions Garance" # garance\.example$/m);
  });

  it("writes nothing where the export cannot be used", async () => {
    await folder.write("Customers.csv", "name,tenantId\nContoso,x\n");

    const { code, stderr } = await runCommand(folder, "init", "-r", PARIS, "--customers", "Customers.csv", "--yes");

    assert.equal(code, 3);
    assert.match(stderr, /^Customers\.csv:1:1: \[CSP_CUSTOMERS_COLUMN_MISSING\]/m);
    await assert.rejects(written(), { code: "ENOENT" });
  });

  it("writes over a file only where it is told to", async () => {
    await folder.write("tenants.yaml", "# mine\n");

    const refused = await runCommand(folder, "init", "-r", PARIS, "--yes");
    const kept = await written();
    const told = await runCommand(folder, "init", "-r", PARIS, "--yes", "--overwrite");

    assert.equal(refused.code, 3);
    assert.match(refused.stderr, /\[CSP_COMMAND_FILE_EXISTS\]/);
    assert.equal(kept, "# mine\n");
    assert.equal(told.code, 0, told.stderr);
    assert.match(await written(), /written by azurestack-csp init/);
  });

  it("asks nobody where nobody is there, and is named where a list is missing", async () => {
    const init = await runCommand(folder, "init");
    const plan = await runCommand(folder, "plan");

    assert.equal(init.code, 2);
    assert.match(init.stderr, /\[CSP_INIT_UNATTENDED\]/);
    assert.match(plan.stderr, /\[CSP_COMMAND_LIST_MISSING\] .*`azurestack-csp init`/);
  });
});

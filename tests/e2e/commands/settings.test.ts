import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, lyon, mappingOf, paris, registrationIdOf } from "../../support/customers.ts";
import { writesOf } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder, runCommand } from "./runCommand.ts";

describe("azurestack-csp, in a folder with azurestack-csp.yaml", () => {
  let azure: Emulator;
  let folder: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    folder = await createListFolder(azure);
    const listOn = (key: string, registrationId: string) =>
      JSON.stringify({ registrations: { [key]: { registrationId } }, tenants: [{ ...delmas, registrations: [key] }] });
    await folder.write("hubs.yaml", listOn("paris", registrationIdOf(paris)));
    await folder.write("other.yaml", listOn("lyon", registrationIdOf(lyon)));
    await folder.write("azurestack-csp.yaml", "list: hubs.yaml\nstack: fromFile\n");
  });

  afterEach(async () => {
    await folder.remove();
    await azure.close();
  });

  it("reads the list that the file names, unless another one is named", async () => {
    const own = await runCommand(folder, "list", "--json");
    const other = await runCommand(folder, "list", "other.yaml", "--json");

    assert.match(own.stdout, /"paths":\["hubs\.yaml"\]/, own.stderr);
    assert.match(other.stdout, /"paths":\["other\.yaml"\]/, other.stderr);
  });

  it("works on the stack that the file names, unless a variable or an option names another", async () => {
    const withVariable = { ...folder, env: { ...folder.env, PULUMI_STACK: "fromVariable" } };

    const outcomes = [
      await runCommand(folder, "plan"),
      await runCommand(withVariable, "plan"),
      await runCommand(withVariable, "plan", "--stack", "fromOption"),
    ];

    assert.deepEqual(
      outcomes.map(({ stderr }) => /\[CSP_COMMAND_STACK_UNKNOWN\] "(\w+)"/.exec(stderr)?.[1]),
      ["fromFile", "fromVariable", "fromOption"],
    );
  });

  it("takes a stack for each registration where the file says so, and one where an option does", async () => {
    await folder.write("azurestack-csp.yaml", "list: hubs.yaml\nstack: dev\nstackPerRegistration: true\n");
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));

    const many = await runCommand(folder, "reconcile", "--yes", "--json");
    const one = await runCommand(folder, "reconcile", "--yes", "--json", "--no-stack-per-registration");

    assert.match(many.stdout, /"dev\.paris"/, many.stderr);
    assert.doesNotMatch(one.stdout, /"stack":"dev\.paris"/, one.stderr);
    assert.equal(one.code, 0, one.stderr);
  });

  it("names the place of what is wrong in it, as a document too", async () => {
    await folder.write("azurestack-csp.yaml", "list: hubs.yaml\nstacks: dev\n");

    const { code, stdout, stderr } = await runCommand(folder, "plan", "--json");

    assert.equal(code, 3);
    assert.match(stderr, /^azurestack-csp\.yaml:2:1: \[CSP_SETTINGS_UNKNOWN_KEY\] .*did you mean `stack`/);
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      error: { code: "CSP_SETTINGS_UNKNOWN_KEY", issues: [{ line: 2, column: 1 }] },
    });
  });

  it("keeps a stack from a list that has none of its registrations", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));
    const adopted = await runCommand(folder, "adopt", "--stack", "dev", "--create-stack", "--yes");
    assert.equal(adopted.code, 0, adopted.stderr);

    const one = await runCommand(folder, "reconcile", "other.yaml", "--stack", "dev", "--yes");
    const parts = ["--stack", "dev", "--stack-per-registration", "--yes"];
    const many = await runCommand(folder, "reconcile", "other.yaml", ...parts);

    for (const { code, stderr } of [one, many]) {
      assert.equal(code, 3, stderr);
      assert.match(stderr, /\[CSP_RECONCILE_OTHER_LIST\] Stack "dev" manages 1 .*other\.yaml.*azurestack-hub-paris/);
    }
    assert.deepEqual(writesOf(azure), []);
  });
});

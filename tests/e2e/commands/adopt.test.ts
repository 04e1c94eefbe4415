import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { parse } from "yaml";
import { takeCommandLock } from "../../../sdk/nodejs/src/cli/stacks/lock/commandLock.ts";
import {
  armIdOf,
  type Customer,
  delmas,
  garance,
  horizon,
  lyon,
  mappingOf,
  paris,
  registrationIdOf,
} from "../../support/customers.ts";
import { assertSucceeded, createTenantStack, type TenantStack, writesOf } from "../../support/tenantStack.ts";
import { prefixedCredentials, twoPrincipals } from "../../support/twoPrincipals.ts";
import { createListFolder, type ListFolder, runCommand } from "./runCommand.ts";

const PARIS = `paris=${registrationIdOf(paris)}`;
const LYON = `lyon=${registrationIdOf(lyon)}`;

describe("azurestack-csp adopt, in an empty folder", () => {
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

  it("writes the list from what is live, and never over another", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));
    azure.facts.putCustomerSubscription(mappingOf(lyon, delmas));

    const first = await runCommand(folder, "adopt", "-r", PARIS, "-r", LYON);
    const second = await runCommand(folder, "adopt", "-r", PARIS);

    assert.equal(first.code, 0, first.stderr);
    const { tenants } = parse(await readFile(join(folder.cwd, "tenants.yaml"), "utf8")) as { tenants: unknown[] };
    assert.equal(tenants.length, 4);
    assert.ok(
      tenants.some((tenant) => isRow(tenant, delmas) && tenant.registrations.join() === "paris,lyon"),
      JSON.stringify(tenants),
    );
    assert.equal(second.code, 3);
    assert.match(second.stderr, /^\[CSP_COMMAND_FILE_EXISTS\]/);
  });

  it("writes CSV for a spreadsheet, the registrations beside it, and says so", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));

    const { code, stdout, stderr } = await runCommand(folder, "adopt", "-r", PARIS, "--format", "csv");
    const validate = await runCommand(folder, "validate", "registrations.yaml", "tenants.csv");
    const again = await runCommand(folder, "adopt", "-r", PARIS, "--out", "other.csv");

    assert.equal(code, 0, stderr);
    assert.match(stdout, /registrations\.yaml defines the registrations.* plan registrations\.yaml tenants\.csv\n/);
    assert.match(validate.stdout, /^The tenant list is right: 3 tenants on 1 registration/);
    assert.equal(again.code, 3);
    assert.match(again.stderr, /\[CSP_COMMAND_FILE_EXISTS\] .*registrations\.yaml/);
    assert.equal(existsSync(join(folder.cwd, "other.csv")), false);
  });

  it("refuses a format that the file's name does not tell", async () => {
    const { code, stderr } = await runCommand(folder, "adopt", "-r", PARIS, "--format", "csv", "-o", "tenants.yaml");

    assert.equal(code, 2);
    assert.match(stderr, /\[CSP_COMMAND_USAGE\] .*--format csv/);
  });

  it("brings the list under management of a new stack without a write, and leaves plan nothing to do", async () => {
    azure.facts.putCustomerSubscription(mappingOf(paris, delmas));

    const adopt = await runCommand(folder, "adopt", "-r", PARIS, "--stack", "dev", "--create-stack", "--yes", "--json");
    const plan = await runCommand(folder, "plan", "--stack", "dev", "--detailed-exitcode");

    assert.equal(adopt.code, 0, adopt.stderr);
    assert.partialDeepStrictEqual(JSON.parse(adopt.stdout), { version: 1, stack: "dev", found: 3 });
    assert.equal(plan.code, 0, plan.stdout + plan.stderr);
    assert.match(plan.stdout, /Nothing to do; 3 unchanged, 0 extra\./);
    assert.deepEqual(writesOf(azure), []);
  });

  it("changes nothing where nobody can be asked and --yes is missing", async () => {
    const { code, stderr } = await runCommand(folder, "adopt", "-r", PARIS, "--stack", "dev", "--create-stack");

    assert.equal(code, 2);
    assert.match(stderr, /\[CSP_ADOPT_UNCONFIRMED\] 2 mappings/);
  });
});

describe("azurestack-csp adopt, of registrations that are reached in ways of their own", () => {
  it("reads each by its own credential, and writes the prefixes into the list", async () => {
    const azure = await createEmulator({ world: twoPrincipals });
    const { env, ...folder } = await createListFolder(azure);
    const place = { ...folder, env: { ...env, ...prefixedCredentials } };
    try {
      const prefixes = ["--credential-prefix", "LYON", "--credential-prefix", "paris=PARIS"];

      const { code, stderr } = await runCommand(place, "adopt", "-r", PARIS, "-r", LYON, ...prefixes);

      assert.equal(code, 0, stderr);
      const { registrations } = parse(await readFile(join(folder.cwd, "tenants.yaml"), "utf8")) as {
        registrations: Record<string, { credentialPrefix: string }>;
      };
      assert.equal(registrations.paris?.credentialPrefix, "PARIS");
      assert.equal(registrations.lyon?.credentialPrefix, "LYON");
    } finally {
      await folder.remove();
      await azure.close();
    }
  });
});

describe("azurestack-csp adopt, beside a Pulumi program", () => {
  let azure: Emulator;
  let stack: TenantStack;

  beforeEach(async () => {
    azure = await createEmulator();
    for (const customer of [delmas, garance]) azure.facts.putCustomerSubscription(mappingOf(paris, customer));
    stack = await createTenantStack({ azure, rows: [delmas, garance, horizon] });
  });

  afterEach(async () => {
    await stack.remove();
    await azure.close();
  });

  const run = (...args: readonly string[]) => runCommand({ cwd: stack.program, env: stack.env }, ...args);

  it("brings what is declared and live under management, and leaves the rest for a run", async () => {
    const { code, stdout, stderr } = await run("adopt", "--yes");
    const names = (await stack.customerSubscriptions()).map(({ id }) => id);

    assert.equal(code, 0, stderr);
    assert.match(stdout, /Stack test manages 2 more mappings/);
    assert.deepEqual(names.sort(), [delmas, garance].map((customer) => armIdOf(paris, customer)).sort());
    assertSucceeded(await stack.up());
    assert.deepEqual(writesOf(azure), [`PUT ${horizon.customerSubscriptionId}`]);
  });

  it("moves the resources of @pulumi/azure-native without touching Azure", async () => {
    await importAzureNative(stack, [delmas, garance]);

    const untouched = await run("adopt", "--yes");
    const lock = await lockAsReconcileDoes(stack);
    const busy = await run("adopt", "--from-state", "--yes");
    await rm(lock);
    const moved = await run("adopt", "--from-state", "--yes");
    const again = await run("adopt", "--from-state", "--yes");

    assert.match(untouched.stderr, /2 mappings left with @pulumi\/azure-native/);
    assert.equal(busy.code, 8);
    assert.match(busy.stderr, /\[CSP_RECONCILE_BUSY\]/);
    assert.equal(moved.code, 0, moved.stderr);
    assert.match(again.stdout, /Nothing is left to adopt/);
    const types = (await stack.customerSubscriptions()).map(({ type }) => type);
    const ours = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
    assert.deepEqual(types, [ours, ours]);
    await stack.declare([delmas, garance]);
    assertSucceeded(await stack.up());
    assertSucceeded(await stack.refresh("--expect-no-changes"));
    assert.deepEqual(writesOf(azure), []);
  });
});

/** Takes the lock that a reconcile of the stack holds, for this process. */
async function lockAsReconcileDoes(stack: TenantStack): Promise<string> {
  const backend = fileURLToPath(stack.env.PULUMI_BACKEND_URL ?? "");
  const file = join(backend, ".pulumi", "azurestack-csp", "azurestack-csp", "test.lock");
  await takeCommandLock(file, { stack: "test", now: () => new Date() });
  return file;
}

function isRow(value: unknown, customer: Customer): value is { registrations: readonly string[] } {
  return typeof value === "object" && value !== null && "tenantId" in value && value.tenantId === customer.tenantId;
}

/** Puts resources into the state as a run with `@pulumi/azure-native` leaves them, but for its plugin, which is not here. */
async function importAzureNative(stack: TenantStack, customers: readonly Customer[]): Promise<void> {
  const state = await stack.exportState();
  const urn = (type: string, name: string) => `urn:pulumi:test::azurestack-csp::${type}::${name}`;
  const root = { urn: urn("pulumi:pulumi:Stack", "azurestack-csp-test"), custom: false, type: "pulumi:pulumi:Stack" };
  const type = "azure-native:azurestack:CustomerSubscription";
  const mappings = customers.map((customer) => {
    const { customerSubscriptionId: customerSubscriptionName, tenantId, name } = customer;
    const inputs = { customerSubscriptionName, tenantId, resourceGroupName: paris.resourceGroup };
    return {
      urn: urn(type, name),
      custom: true,
      id: armIdOf(paris, customer),
      type,
      inputs: { ...inputs, registrationName: paris.name },
      outputs: { tenantId, name: `${paris.name}/${customerSubscriptionName}` },
      parent: root.urn,
    };
  });
  const deployment = { ...state.deployment, resources: [root, ...mappings] };
  const file = join(stack.program, "state.json");
  await writeFile(file, JSON.stringify({ ...state, deployment }));
  assertSucceeded(await stack.run(["stack", "import", "--file", file]));
}

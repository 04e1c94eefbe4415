import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import {
  armIdOf,
  type Customer,
  delmas,
  garance,
  horizon,
  inputsOf,
  mappingOf,
  marchal,
  paris,
} from "../../support/customers.ts";
import { assertSucceeded, createTenantStack, type TenantStack, writesOf } from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { reconcile } from "./support/reconcileCommand.ts";

const PROVIDER = 'exports.handler=()=>require("azurestack-csp/dynamic").v1("CustomerSubscription");';

/** A row that has slipped: the subscription was sold to another customer. */
const slipped: Customer = { ...horizon, customerSubscriptionId: garance.customerSubscriptionId };

describe("a mapping whose customer subscription belongs to another directory", () => {
  let azure: Emulator;
  let stack: TenantStack;

  beforeEach(async () => {
    azure = await createEmulator();
    azure.facts.putCustomerSubscription(mappingOf(paris, slipped));
    stack = await createTenantStack({ azure, rows: [delmas] });
    assertSucceeded(await stack.up());
    await stack.declare([delmas, slipped]);
    azure.resetJournal();
  });

  afterEach(async () => {
    await stack.remove();
    await azure.close();
  });

  const run = (...args: readonly string[]) => runCommand({ cwd: stack.program, env: stack.env }, ...args);
  const outputs = async () => (await stack.customerSubscriptions()).map((each) => each.outputs?.directory);

  it("is left out by adopt, which names it", async () => {
    const { code, stdout, stderr } = await run("adopt", "--yes");

    assert.equal(code, 3);
    assert.match(stderr, new RegExp(`\\[CSP_DIRECTORY_MISMATCH\\].*${garance.tenantId}, but .* ${horizon.tenantId}`));
    assert.match(stdout, new RegExp(`Left out until its row is corrected: paris/${horizon.tenantId}`));
    assert.doesNotMatch(stdout, /Nothing is left to adopt/);
    assert.equal((await stack.customerSubscriptions()).length, 1);
  });

  it("is shown by plan, up and reconcile until it is right, where it came into the state otherwise", async () => {
    await importRow(stack, slipped);
    await stack.declare([delmas, slipped, marchal]);

    const before = await run("plan");
    assert.equal(before.code, 0, before.stderr);
    assert.match(before.stderr, /: warning: \[CSP_DIRECTORY_MISMATCH\]/);
    assert.match(before.stdout, /1 to correct in the list \(a subscription of another directory\)/);

    const done = await reconcile(place(), "--stack", "test");
    assert.equal(done.code, 7, done.stdout + done.stderr);
    assert.match(done.stdout, /Verified: 2 of 3 live as declared/);
    assert.match(done.stderr, /Live as declared, and of another directory than its tenant: /);
    assert.deepEqual(writesOf(azure), [`PUT ${marchal.customerSubscriptionId}`]);
    assert.ok((await outputs()).includes(garance.tenantId));

    const after = await run("plan");
    assert.match(after.stdout, /1 to correct in the list/);
    const up = await stack.up();
    assertSucceeded(up);
    assert.match(up.stdout, /\[CSP_DIRECTORY_MISMATCH\]/);
    assert.equal((await run("audit")).code, 7);

    azure.facts.setSubscription(slipped.customerSubscriptionId, { tenantId: slipped.tenantId });
    assertSucceeded(await reconcile(place(), "--stack", "test"));
    assert.match((await run("plan")).stdout, /Nothing to do; 3 unchanged/);
    assert.deepEqual(await outputs(), [undefined, undefined, undefined]);
  });

  it("is shown by an up that declares it first, and by all that follow, where it came into the state by an import", async () => {
    await importRow(stack, slipped);

    const first = await stack.up();
    assertSucceeded(first);
    assert.match(first.stdout, /\[CSP_DIRECTORY_MISMATCH\]/);
    assert.deepEqual(writesOf(azure), []);

    assert.match((await stack.up()).stdout, /\[CSP_DIRECTORY_MISMATCH\]/);
    assert.match((await run("plan")).stdout, /1 to correct in the list/);
    assert.equal((await reconcile(place(), "--stack", "test")).code, 7);
  });

  const place = () => ({ folder: stack.program, env: stack.env });
});

/** Brings a row into the state as an import file does that somebody has written. */
async function importRow(stack: TenantStack, customer: Customer): Promise<void> {
  const mapping = { __provider: PROVIDER, ...inputsOf(paris, customer) };
  const { resources = [] } = (await stack.exportState()).deployment;
  const parent = resources.find(({ type }) => type === "azurestack-csp:index:TenantRegistrations") ?? assert.fail();
  const row = {
    type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
    name: `paris/${customer.tenantId}`,
    parent: "tenants",
    id: armIdOf(paris, customer),
    inputs: mapping,
    outputs: mapping,
  };
  const file = join(stack.program, "import.json");
  await writeFile(file, JSON.stringify({ nameTable: { tenants: parent.urn }, resources: [row] }));
  assertSucceeded(await stack.import("--file", file));
}

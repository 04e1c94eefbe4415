import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon, mappingOf, paris } from "../../support/customers.ts";
import { assertFailed, assertLive, assertSucceeded, createTenantStack, writesOf } from "../../support/tenantStack.ts";
import { runCommand } from "../commands/runCommand.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile } from "./support/reconcileCommand.ts";

const perRegistration = ["--stack", "test", "--stack-per-registration"];

describe("the stacks of single registrations", () => {
  let azure: Emulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createEmulator();
    place = await createListFolder(azure, [delmas, garance]);
  });

  afterEach(async () => {
    await place.remove();
    await azure.close();
  });

  it("take over a mapping that a refresh found with another tenant as drift, and never as their own", async () => {
    const stack = await createTenantStack({ azure, rows: [delmas, garance] });
    try {
      assertSucceeded(await stack.up());
      const theirs = { ...horizon, customerSubscriptionId: delmas.customerSubscriptionId };
      azure.facts.putCustomerSubscription(mappingOf(paris, theirs));
      assertSucceeded(await stack.refresh());
      await place.declare([garance]);
      const env = { ...place.env, PULUMI_BACKEND_URL: stack.env.PULUMI_BACKEND_URL ?? "" };

      await reconcile({ folder: place.folder, env }, ...perRegistration, "--max-removals", "1");

      assertLive(azure, [theirs, garance]);
    } finally {
      await stack.remove();
    }
  });

  it("are emptied by the one stack where the list has no rows any more", async () => {
    assertSucceeded(await reconcile(place, ...perRegistration));
    await place.declare([]);

    assertSucceeded(await reconcile(place, "--stack", "test", "--max-removals", "2"));

    assertLive(azure, []);
  });

  it("are not those that only have such a name, which are neither emptied nor used", async () => {
    await place.declare([delmas]);
    assertSucceeded(await reconcile(place, "--stack", "test.paris"));
    await place.declare([garance]);
    assertSucceeded(await reconcile(place, "--stack", "test"));
    azure.resetJournal();

    const refused = await reconcile(place, ...perRegistration);

    assert.match(assertFailed(refused), /\[CSP_RECONCILE_STACK_TAKEN\].*"test\.paris".*"test"/);
    assert.deepEqual(writesOf(azure), []);
    assertLive(azure, [delmas, garance]);
  });

  it("stop a run where one of them cannot be read, and other stacks do not", async () => {
    const stacks = join(fileURLToPath(place.env.PULUMI_BACKEND_URL ?? ""), ".pulumi", "stacks", "azurestack-csp");
    await mkdir(stacks, { recursive: true });
    await writeFile(join(stacks, "test.json"), checkpoint("test"));
    await writeFile(join(stacks, "other.json"), checkpoint("other", "nothing"));
    const at = { cwd: place.folder, env: place.env };
    const plan = await runCommand(at, "plan", "--stack", "test");
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(plan.stderr, /Whether stack other .* could not be looked up/);

    await writeFile(join(stacks, "test.paris.json"), checkpoint("test.paris", "nothing"));

    assert.match(assertFailed(await runCommand(at, "plan", "--stack", "test")), /\[CSP_STATE_UNREADABLE\]/);
  });
});

/** A checkpoint of Pulumi's with a mapping of each id. */
function checkpoint(stack: string, ...ids: readonly string[]): string {
  const type = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
  const resources = ids.map((id) => ({
    urn: `urn:pulumi:${stack}::azurestack-csp::${type}::${id}`,
    custom: true,
    id,
    type,
  }));
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
  const latest = { manifest, resources };
  return JSON.stringify({ version: 3, checkpoint: { stack: `organization/azurestack-csp/${stack}`, latest } });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, paris, registrationIdOf } from "../../support/customers.ts";
import { createStack, type Stack } from "../../support/pulumiCommand.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

describe("a program whose values come from other resources", () => {
  let azure: Emulator;
  let stack: Stack;

  before(async () => {
    azure = await createEmulator();
    const program = fileURLToPath(new URL("programs/unknownRegistration", import.meta.url));
    stack = await createStack({ program, azure });
  });

  after(async () => {
    await stack.remove();
    await azure.close();
  });

  it("is previewed while they are not known", async () => {
    const result = await stack.preview();

    assertSucceeded(result);
    assert.match(result.stdout, /delmas.*create/);
    assert.deepEqual(azure.journal(), []);
  });

  it("is carried out with them, and gives the derived outputs", async () => {
    assertSucceeded(await stack.up());

    assertLive(azure, [delmas, garance]);
    const { stdout } = await stack.run(["stack", "output", "--json"]);
    assert.deepEqual(JSON.parse(stdout), { registrationName: paris.name, garanceTenant: garance.tenantId });
    assertSucceeded(await stack.up("--expect-no-changes"));
  });

  it("keeps an input that is a secret out of the state's clear text", async () => {
    const { resources = [] } = (await stack.exportState()).deployment;
    const kept = resources.find(({ urn }) => urn.endsWith("::garance"));

    assert.equal(typeof kept?.inputs?.customerSubscriptionId, "object");
  });

  it("keeps a mapping that is protected, when everything is destroyed", async () => {
    assert.match(assertFailed(await stack.destroy()), /protect/);

    assertLive(azure, [garance]);
  });
});

describe("a tenant list that is wrong", () => {
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ rows: [] });
  });

  after(() => stack.remove());

  it("stops the program before anything is registered, with file, line and column of every error", async () => {
    await writeFile(
      join(stack.program, "tenants.yaml"),
      `registrations:
  paris:
    registrationId: ${registrationIdOf(paris)}
tenants:
  - name: Delmas Logistique
    tenantId: ${delmas.tenantId}
    customerSubscriptionId: ${delmas.customerSubscriptionId}
    registrations: [paris]
  - name: Éditions Garance
    tenantId: not-a-guid
    customerSubscriptionId: ${delmas.customerSubscriptionId}
    registrations: [parys]
`,
    );

    const shown = assertFailed(await stack.up());

    for (const place of [/tenants\.yaml:10:15/, /tenants\.yaml:12:21/]) assert.match(shown, place);
    assert.doesNotMatch(shown, /at .*\.ts:\d+/);
    assert.deepEqual(stack.azure.journal(), []);
    assert.deepEqual(await stack.customerSubscriptions(), []);
  });

  it("stops the program where it is no YAML, with line and column", async () => {
    await writeFile(join(stack.program, "tenants.yaml"), 'registrations: {}\ntenants:\n  - name: "Delmas\n');

    assert.match(assertFailed(await stack.preview()), /tenants\.yaml:\d+:\d+/);

    assert.deepEqual(stack.azure.journal(), []);
  });
});

describe("a change log", () => {
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ rows: [delmas, garance] });
  });

  after(() => stack.remove());

  it("holds every write, where one is asked for", async () => {
    const changeLog = join(stack.program, "changes.jsonl");
    const env = { AZURESTACK_CSP_CHANGE_LOG: changeLog };
    assertSucceeded(await stack.run(["up", "--yes", "--skip-preview"], env));
    await stack.declare([delmas]);
    assertSucceeded(await stack.run(["up", "--yes", "--skip-preview"], env));

    const lines = readFileSync(changeLog, "utf8").trimEnd().split("\n");
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

    assert.deepEqual(
      entries.map((entry) => `${String(entry.operation).toUpperCase()} ${entry.customerSubscriptionId}`).toSorted(),
      writesOf(stack.azure).toSorted(),
    );
    for (const entry of entries) {
      assert.match(String(entry.time), /^\d{4}-\d\d-\d\dT.*Z$/);
      assert.equal(entry.principal, stack.azure.clientId);
      assert.ok(stack.azure.journal().some(({ correlationId }) => correlationId === entry.correlationId));
      assert.equal(entry.outcome, "done");
    }
  });
});

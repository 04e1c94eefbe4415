import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
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
  vasseur,
} from "../../support/customers.ts";
import { PROVIDER } from "../../support/dynamicHost.ts";
import {
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

describe("mappings that no run of this build has made", () => {
  let stack: TenantStack;

  afterEach(() => stack.remove());

  it("come under management by one import file, without a write to Azure", async () => {
    const customers = [delmas, garance, horizon];
    stack = await createTenantStack({ rows: customers });
    for (const customer of customers) stack.azure.facts.putCustomerSubscription(mappingOf(paris, customer));
    const file = `${stack.program}/import.json`;
    await writeFile(file, JSON.stringify(importFile(customers)));

    assertSucceeded(await stack.import("--file", file));

    assertSucceeded(await stack.refresh("--expect-no-changes"));
    await assertOnlyTheGuardIsNew(customers.length);
    assertSucceeded(await stack.destroy());
    assertLive(stack.azure, []);
  });

  it("are taken over from a state that an earlier build wrote, and change nothing", async () => {
    const customers = [delmas, garance, horizon, marchal, vasseur];
    stack = await createTenantStack({ rows: customers });
    for (const customer of customers) stack.azure.facts.putCustomerSubscription(mappingOf(paris, customer));
    const state = fileURLToPath(new URL("../../fixtures/state/v1.json", import.meta.url));

    assertSucceeded(await stack.run(["stack", "import", "--file", state]));

    assertSucceeded(await stack.refresh());
    await assertOnlyTheGuardIsNew(customers.length);
    assertSucceeded(await stack.destroy());
    assertLive(stack.azure, []);
  });

  it("keep the text that names their provider as the first release wrote it", () => {
    const state = readFileSync(new URL("../../fixtures/state/v1.json", import.meta.url), "utf8");

    assert.ok(state.includes(JSON.stringify(PROVIDER)));
  });

  /** The guard holds nothing in Azure; it begins to remember the list when it is declared for the first time. */
  async function assertOnlyTheGuardIsNew(count: number): Promise<void> {
    const { stdout } = await stack.preview("--json");
    const { changeSummary, steps } = JSON.parse(stdout) as {
      changeSummary: Record<string, number>;
      steps: { op: string; urn: string }[];
    };
    const created = steps.filter(({ op }) => op === "create").map(({ urn }) => urn.split("::").at(-1));
    assert.deepEqual(created, ["tenants-guard"]);
    assert.ok(Object.keys(changeSummary).every((op) => op === "create" || op === "same"));
    assert.ok((changeSummary.same ?? 0) > count);
    assertSucceeded(await stack.up());
    assert.deepEqual(writesOf(stack.azure), []);
  }
});

/** The import file of the component and its children, with inputs and outputs, so that nothing is read or written. */
function importFile(customers: readonly Customer[]) {
  const component = { type: "azurestack-csp:index:TenantRegistrations", name: "tenants", component: true };
  const children = customers.map((customer) => {
    const mapping = { __provider: PROVIDER, ...inputsOf(paris, customer) };
    return {
      type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
      name: `paris/${customer.tenantId}`,
      parent: "tenants",
      id: armIdOf(paris, customer),
      inputs: mapping,
      outputs: mapping,
    };
  });
  return { resources: [component, ...children] };
}

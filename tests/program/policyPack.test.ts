import assert from "node:assert/strict";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { createPolicies } from "../../examples/policy-pack/policies.ts";
import { CUSTOMER_SUBSCRIPTION, type RecordedProgram, runProgram } from "./runProgram.ts";

const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";
const PARIS =
  "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris";

const policies = createPolicies(() => new Date("2026-11-21T00:00:00Z"));

interface Judged {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

class NotApplicable extends Error {}

describe("examples/policy-pack", () => {
  let root: RecordedProgram;

  before(async () => {
    root = await runProgram(".", { "project:liveChecks": "false" });
  });

  it("lets the root program pass, with the defaults of every rule", async () => {
    assert.ok(root.resources.some(({ type }) => type === GUARD));
    for (const { name } of policies) {
      const found = await Promise.all(root.resources.map((resource) => judge(name, resource)));
      assert.deepEqual(found.flat(), [], name);
    }
    assert.deepEqual(await judgeStack(root), []);
  });

  describe("mappings-are-guarded", () => {
    it("reports a customer subscription that no guard stands beside", async () => {
      const [found, ...more] = await judgeStack(await runProgram("examples/one-customer"));

      assert.match(found ?? "", /^No guard stands beside mecanique-perrault: /);
      assert.deepEqual(more, []);
    });

    it("reports it where the guard is another list's", async () => {
      const parents = { ...root.parents, "tenants-guard": "another" };

      const found = await judgeStack({ ...root, parents });

      assert.equal(found.length, root.resources.filter(({ type }) => type === CUSTOMER_SUBSCRIPTION).length);
    });
  });

  describe("guard-keeps-its-limits", () => {
    const judgeLimit = (maxRemovals: unknown, config = {}) =>
      judge("guard-keeps-its-limits", { type: GUARD, inputs: { maxRemovals } }, config);

    it("reports a share and a count that are too large", async () => {
      assert.match((await judgeLimit("100%")).join(), /^maxRemovals is 100%; at most 100 and 50% are allowed\./);
      assert.equal((await judgeLimit("5,51%")).length, 1);
      assert.equal((await judgeLimit(101)).length, 1);
    });

    it("accepts what is smaller, or what the configuration allows", async () => {
      assert.deepEqual(await judgeLimit("100 50%"), []);
      assert.deepEqual(await judgeLimit(undefined), []);
      assert.deepEqual(await judgeLimit("100%", { largestShare: 100 }), []);
    });
  });

  describe("permissions-are-for-one-run", () => {
    const rule = "permissions-are-for-one-run";

    it("reminds of an overwrite and of confirmed numbers", async () => {
      const overwrite = await judge(rule, { type: CUSTOMER_SUBSCRIPTION, inputs: { overwrite: ["a"] } });
      const confirmed = await judge(rule, { type: GUARD, inputs: { confirmedRemovals: 12, confirmedMoves: 0 } });

      assert.match(overwrite.join(), /^overwrite still names a\./);
      assert.equal(confirmed.length, 2);
    });

    it("says nothing of an empty overwrite", async () => {
      assert.deepEqual(await judge(rule, { type: CUSTOMER_SUBSCRIPTION, inputs: { overwrite: [] } }), []);
    });
  });

  describe("retention-has-an-end", () => {
    const judgeDate = (retainUntil: string) =>
      judge("retention-has-an-end", { type: CUSTOMER_SUBSCRIPTION, inputs: { retainUntil } });

    it("reports a year that was mistyped", async () => {
      assert.match((await judgeDate("2206-12-31")).join(), /more than 400 days from now/);
    });

    it("accepts a date in the months to come, and one that has passed", async () => {
      assert.deepEqual(await judgeDate("2027-12-26"), []);
      assert.deepEqual(await judgeDate("2020-01-01"), []);
    });
  });

  describe("registrations-are-ours", () => {
    const judgeOn = (registrations: readonly string[], inputs: Readonly<Record<string, unknown>>) =>
      judge("registrations-are-ours", { type: CUSTOMER_SUBSCRIPTION, inputs }, { registrations });

    it("reports a registration that is not allowed", async () => {
      const found = await judgeOn([PARIS], { registrationId: PARIS.replace("paris", "lyon") });

      assert.match(found.join(), /azurestack-hub-lyon is none of the 1 registrations/);
    });

    it("knows a registration by its three parts and in any letter case", async () => {
      const parts = {
        registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
        resourceGroup: "AzureStack",
        registrationName: "azurestack-hub-paris",
      };

      assert.deepEqual(await judgeOn([PARIS.toUpperCase()], parts), []);
    });
  });
});

/** What a rule reports of a resource, as Pulumi would call it: with the defaults of its configuration. */
async function judge(rule: string, { type, inputs }: Judged, config: object = {}): Promise<readonly string[]> {
  const policy = policies.find(({ name }) => name === rule);
  if (policy === undefined || "validateStack" in policy) return [];
  const { validateResource, configSchema } = policy as ResourceValidationPolicy;
  assert.equal(typeof validateResource, "function");
  const defaults = Object.entries(configSchema?.properties ?? {}).map(([name, schema]) => [name, schema.default]);
  const found: string[] = [];
  const args = {
    type,
    props: inputs,
    urn: "urn",
    name: "name",
    getConfig: () => ({ ...Object.fromEntries(defaults), ...config }),
    notApplicable: () => {
      throw new NotApplicable();
    },
  } as unknown as ResourceValidationArgs;
  try {
    for (const validate of [validateResource].flat()) await validate?.(args, (message) => void found.push(message));
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
  }
  return found;
}

async function judgeStack({ resources, parents }: RecordedProgram): Promise<readonly string[]> {
  const policy = policies.find(({ name }) => name === "mappings-are-guarded") as StackValidationPolicy;
  const found: string[] = [];
  const declared = resources.map(({ type, name }) => ({ type, name, urn: name, parent: { urn: parents[name] } }));
  await policy.validateStack(
    { resources: declared as unknown as PolicyResource[] } as Parameters<typeof policy.validateStack>[0],
    (message) => void found.push(message),
  );
  return found;
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, garance, horizon, mappingOf, paris, vasseur } from "../../support/customers.ts";
import { assertLive, writesOf } from "../../support/tenantStack.ts";
import { createPipeline, type Pipeline } from "./support/pipeline.ts";
import { exampleFolder } from "./support/workflow.ts";

const exitCodes = { input: 3, guard: 5, drift: 7 };

interface Matcher {
  readonly problemMatcher: readonly { readonly severity: string; readonly pattern: readonly { regexp: string }[] }[];
}

describe("examples/github-actions", () => {
  let azure: Emulator;
  let pipeline: Pipeline;

  before(async () => {
    azure = await createEmulator();
    pipeline = await createPipeline(azure);
  });

  after(async () => {
    await pipeline.remove();
    await azure.close();
  });

  it("registers the list on a merge, makes the stack, and keeps the result and the change log", async () => {
    const { failed, ran, log, summary, changes } = await pipeline.run("reconcile");

    assert.equal(failed, undefined, log);
    assert.deepEqual(ran, ["Reconcile", "Sum up"]);
    assert.match(summary, /^```\n[\s\S]+\n```\n$/);
    assert.equal(changes.length, 2);
    assertLive(azure, [delmas, garance]);
  });

  it("comments the plan on a pull request, and edits that comment when the list changes again", async () => {
    await pipeline.declare([delmas, garance, horizon]);
    azure.resetJournal();
    const first = await pipeline.run("pull-request");
    await pipeline.declare([delmas, horizon]);
    const second = await pipeline.run("pull-request");

    assert.equal(first.failed ?? second.failed, undefined, first.log + second.log);
    assert.deepEqual(first.ran, ["Validate", "Plan", "Comment"]);
    const comments = await pipeline.comments();
    assert.deepEqual(
      comments.map(({ id }) => id),
      [1, 2],
    );
    assert.match(comments[1]?.body ?? "", /^<!-- tenant list -->\n### Tenant list\n\n\*\*1 to offboard, 1 to onboard/);
    assert.deepEqual(writesOf(azure), []);
  });

  it("fails a pull request whose list is wrong, on its line", async () => {
    await pipeline.write("registrations: {}\ntenant: []\n");

    const { failed, ran, log } = await pipeline.run("pull-request");

    assert.deepEqual(failed, { step: "Validate", code: exitCodes.input });
    assert.deepEqual(ran, ["Validate", "Comment"]);
    assert.match(log, /^tenants\.yaml:2:1: \[CSP_LIST_UNKNOWN_KEY\]/m);
    assert.ok(matchedIn(log, "error").some((line) => line.startsWith("tenants.yaml:2:1:")));
    assert.match((await pipeline.comments())[1]?.body ?? "", /no plan could be made/);
  });

  it("stops a merge that loses most of the list, until somebody types the number", async () => {
    await pipeline.declare([vasseur]);

    const stopped = await pipeline.run("reconcile");
    assert.deepEqual(stopped.failed, { step: "Reconcile", code: exitCodes.guard }, stopped.log);
    assertLive(azure, [delmas, garance]);

    const meant = await pipeline.run("reconcile", { "inputs.max-removals": "2" });
    assert.equal(meant.failed, undefined, meant.log);
    assertLive(azure, [vasseur]);
  });

  it("finds drift at night, and says which in the summary", async () => {
    azure.facts.deleteCustomerSubscription({ ...paris, customerSubscriptionId: vasseur.customerSubscriptionId });

    const { failed, summary } = await pipeline.run("nightly");

    assert.deepEqual(failed, { step: "Audit", code: exitCodes.drift });
    assert.match(summary, /Missing: billed to the registration's own subscription/);
    azure.facts.putCustomerSubscription(mappingOf(paris, vasseur));
  });
});

/** The lines that GitHub would mark, by the example's problem matcher. */
function matchedIn(log: string, severity: string): readonly string[] {
  const text = readFileSync(join(exampleFolder, ".github", "tenant-list-matcher.json"), "utf8");
  const matchers = (JSON.parse(text) as Matcher).problemMatcher.filter((matcher) => matcher.severity === severity);
  const expressions = matchers.flatMap(({ pattern }) => pattern.map(({ regexp }) => new RegExp(regexp)));
  return log.split("\n").filter((line) => expressions.some((expression) => expression.test(line)));
}

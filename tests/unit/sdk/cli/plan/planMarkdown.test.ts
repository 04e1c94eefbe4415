import assert from "node:assert/strict";
import { planMarkdown } from "../../../../../sdk/nodejs/src/cli/plan/planMarkdown.ts";
import { idsOf, planOf, upTo } from "./plans.ts";

describe("planMarkdown", () => {
  it("lists what stops a run, then what is dangerous, before the overview and everything harmless", () => {
    const plan = planOf({ declared: [1, 2], live: [1, 3], managed: [1, 3] });
    const text = planMarkdown(plan, { stops: ["[CSP_GUARD_REMOVALS] 1 of 2"] });

    const order = [
      "#### The guard would stop this run",
      "#### Look at these",
      idsOf(3).tenantId,
      "#### Registrations",
      "1 to onboard</summary>",
    ];
    const places = order.map((part) => text.indexOf(part));
    assert.deepEqual(
      places,
      places.toSorted((left, right) => left - right),
    );
    assert.ok(places.every((place) => place > 0));
  });

  it("keeps a plan of ten thousand changes within a comment, and counts what it leaves out", () => {
    const text = planMarkdown(planOf({ declared: upTo(5_000), live: [], managed: upTo(10_000).slice(5_000) }));

    assert.ok(text.length <= 60_000, String(text.length));
    assert.match(text, /5000 to offboard, 5000 to onboard/);
    assert.match(text, /… and \d+ more, which `azurestack-csp plan` lists\./);
  });

  it("gives the overview its place however many removals there are", () => {
    const text = planMarkdown(planOf({ declared: [], live: upTo(10_000), managed: upTo(10_000) }));

    assert.match(text, /#### Registrations\n\n\| Registration \| offboard \|/);
  });

  it("shows a name as it is written, without markup, mention or the end of a cell or row", () => {
    const plan = planOf({ declared: [1], live: [], managed: [] });
    const registrations = plan.registrations.map((registration) => ({
      ...registration,
      changes: registration.changes.map((change) => ({ ...change, tenantName: "@all | <b>*x*</b>\n#### Errors" })),
    }));

    assert.ok(planMarkdown({ ...plan, registrations }).includes("&#64;all &#124; &lt;b>\\*x\\*&lt;/b><br>#### Errors"));
  });
});

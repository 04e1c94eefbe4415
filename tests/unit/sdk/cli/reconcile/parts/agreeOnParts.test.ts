import assert from "node:assert/strict";
import { asAgreed } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/agreeOnParts.ts";
import { planOf } from "../../plan/plans.ts";

const shown = planOf({ declared: [1, 2], live: [1], managed: [1] });

describe("asAgreed", () => {
  it("lets pass what was shown, and a stack whose registration nobody mentioned as long as nothing changes there", async () => {
    await asAgreed(shown)("test.paris", shown, []);
    await asAgreed({ registrations: [] })("test.paris", planOf({ declared: [1], live: [1], managed: [1] }), []);
  });

  it("refuses more, less and other changes than were shown", async () => {
    for (const now of [
      planOf({ declared: [1, 2], live: [], managed: [1] }),
      planOf({ declared: [1, 2], live: [1, 2], managed: [1] }),
      planOf({ declared: [1], live: [1], managed: [1] }),
    ]) {
      await assert.rejects(asAgreed(shown)("test.paris", now, []), { code: "CSP_RECONCILE_PLAN_CHANGED" });
    }
  });
});

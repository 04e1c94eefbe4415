import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import { createColours, type Terminal } from "../../../sdk/nodejs/src/commands/shared/terminal.ts";
import { createConfirmation } from "../../../sdk/nodejs/src/reconcile/confirmation.ts";
import { planOf } from "../commands/plans.ts";

/** A pipeline's terminal, and what is said there. */
function pipeline() {
  const said: string[] = [];
  const layout = { width: 120, colours: createColours(false) };
  const terminal: Terminal = {
    ...layout,
    messages: layout,
    isInteractive: false,
    data: () => assert.fail("a plan is no data"),
    say: (text) => void said.push(text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  return { terminal, said };
}

const changed = planOf({ declared: [1, 2], live: [1], managed: [1] });

describe("createConfirmation", () => {
  it("shows the plan where nobody can be asked, and refuses it", async () => {
    const { terminal, said } = pipeline();

    await assert.rejects(createConfirmation(terminal, {})("production", changed), (error) =>
      hasCode(error, "CSP_RECONCILE_UNCONFIRMED"),
    );

    assert.match(said.join("\n"), /^Plan for stack production\n.*\+ onboard.*1 to onboard; 1 unchanged/s);
  });

  it("shows the plan with --yes too, and lets it pass", async () => {
    const { terminal, said } = pipeline();

    await createConfirmation(terminal, { yes: true })("production.paris", changed);

    assert.match(said.join("\n"), /^Plan for stack production\.paris\n.*\+ onboard/s);
  });

  it("says nothing where nothing changes", async () => {
    const { terminal, said } = pipeline();

    await createConfirmation(terminal, {})("production", planOf({ declared: [1], live: [1], managed: [1] }));

    assert.deepEqual(said, []);
  });
});

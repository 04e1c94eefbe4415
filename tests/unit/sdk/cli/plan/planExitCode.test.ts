import assert from "node:assert/strict";
import { type ErrorCode, type Plan, type PlanRequest, planTenantList } from "@azurestack-csp/provider";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { planExitCode } from "../../../../../sdk/nodejs/src/cli/plan/inspect.ts";
import { factsOf, idsOf, planOf } from "./plans.ts";

const { live, ...facts } = factsOf({ declared: [1], live: [], managed: [1] });
const [paris] = live;

/** The plan where the one registration cannot be read, for the reason with this code. */
function planWithout(code: ErrorCode, list: PlanRequest["list"] = facts.list): Plan {
  assert.ok(paris);
  const { registration } = paris;
  const unreadable = { registration, problem: { code, message: `[${code}]` } };
  return planTenantList({ ...facts, list, live: [unreadable], today: "2026-11-21" });
}

describe("planExitCode", () => {
  it("tells a missing right from a registration that is not there", () => {
    assert.equal(planExitCode(planWithout("CSP_NOT_AUTHORIZED")), exitCodes.credentials);
    assert.equal(planExitCode(planWithout("CSP_REGISTRATION_NOT_FOUND")), exitCodes.failed);
  });

  it("tells what a run would be refused for, before its guard", () => {
    const facts = factsOf({ declared: [1], live: [1], managed: [] });
    const live = facts.live.map((each) => ({ ...each, mappings: [{ ...idsOf(1), tenantId: idsOf(9).tenantId }] }));
    const conflict = planTenantList({ ...facts, live, today: "2026-11-21" });

    assert.equal(planExitCode(conflict, { isStopped: true, detailed: true }), exitCodes.input);
  });

  it("lets a run forget a registration that is gone from Azure and from the list", () => {
    const empty = { registrations: [], tenants: [] };

    assert.equal(planExitCode(planWithout("CSP_REGISTRATION_NOT_FOUND", empty)), exitCodes.ok);
    assert.equal(planExitCode(planWithout("CSP_NOT_AUTHORIZED", empty)), exitCodes.credentials);
  });

  it("puts the guard behind what a run is refused for, and before what it would change", () => {
    const changed = planOf({ declared: [1, 2], live: [1], managed: [1] });
    const stopped = { isStopped: true, detailed: true };

    assert.equal(planExitCode(planWithout("CSP_NOT_AUTHORIZED"), stopped), exitCodes.credentials);
    assert.equal(planExitCode(changed, stopped), exitCodes.guard);
    assert.equal(planExitCode(changed, { detailed: true }), exitCodes.changes);
  });
});

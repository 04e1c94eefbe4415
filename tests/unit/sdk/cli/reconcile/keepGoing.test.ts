import assert from "node:assert/strict";
import type { Plan, PlanIssue } from "@azurestack-csp/provider";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { findGoing } from "../../../../../sdk/nodejs/src/cli/reconcile/keepGoing.ts";
import { listOf, managedOf, PARIS, planOf } from "../../../provider/domain/plan/scenario.ts";

const NICE = { ...PARIS, registrationName: "hub-nice" };

describe("findGoing", () => {
  const list = listOf([{ tenant: 1, subscription: 11 }]);
  const plan = planOf({ rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1]], live: [[11, 1]] });
  const [paris = assert.fail()] = plan.registrations;
  const nice = {
    ...paris,
    registration: NICE,
    registrationId: paris.registrationId.replace("paris", "nice"),
    key: undefined,
  };
  const held = (name: string) => [
    managedOf(12, 2, { id: { registration: NICE, customerSubscriptionId: "12" }, name: `${name}/2` }),
  ];
  const both = (...issues: readonly PlanIssue[]): Plan => ({ ...plan, registrations: [paris, nice], issues });
  const issueOf = (registrationId: string, severity: PlanIssue["severity"] = "error"): PlanIssue => ({
    severity,
    code: "CSP_LOCK_MET",
    message: "[CSP_LOCK_MET] …",
    registrationId,
    place: undefined,
  });

  it("finds nothing to leave where no registration has an error", () => {
    const warned = both(issueOf(paris.registrationId, "warning"));

    assert.equal(findGoing({ plan: warned, list, managed: held("nice"), keys: undefined }), undefined);
  });

  it("goes on with the registrations without errors, those included that only the state knows", () => {
    const broken = issueOf(paris.registrationId.toUpperCase());
    const gone = issueOf(nice.registrationId);
    const go = (plan: Plan, name = "nice") => findGoing({ plan, list, managed: held(name), keys: undefined });

    assert.deepEqual(go(both(broken)), { keys: ["nice"], left: { code: exitCodes.input, issues: [broken] } });
    assert.deepEqual(go(both(gone))?.keys, ["paris"]);
    assert.deepEqual(go(both(gone, broken))?.keys, []);
    assert.deepEqual(go(both(gone), "paris")?.keys, []);
  });

  it("goes on with nothing that the run was not about", () => {
    const broken = issueOf(nice.registrationId);

    assert.deepEqual(findGoing({ plan: both(broken), list, managed: held("nice"), keys: ["paris"] })?.keys, ["paris"]);
  });
});

import assert from "node:assert/strict";
import { planTenantList, type RegistrationFacts, type RegistrationId } from "@azurestack-csp/provider";
import { suspectedRenewals } from "../../../../../provider/src/domain/plan/renewals.ts";
import { guid } from "../tenantList/sample.ts";
import { codes, listOf, managedOf, PARIS, TODAY } from "./scenario.ts";

/** The registration that `paris` named before. */
const OLD: RegistrationId = { ...PARIS, registrationName: "hub-paris-before" };

const onOld = (subscription: number, tenant: number, more: Parameters<typeof managedOf>[2] = {}) =>
  managedOf(subscription, tenant, { id: { registration: OLD, customerSubscriptionId: guid(subscription) }, ...more });

const managed = [onOld(11, 1), onOld(12, 2), onOld(13, 3)];

/** Of the three customers on the old registration, two are declared on the new one. */
const list = listOf([
  { tenant: 1, subscription: 11 },
  { tenant: 2, subscription: 12 },
]);

const gone = (code: "CSP_REGISTRATION_NOT_FOUND" | "CSP_NOT_AUTHORIZED"): RegistrationFacts => ({
  registration: OLD,
  problem: { code, message: `[${code}] …` },
});

const readable = (registration: RegistrationId, cloudId: string | undefined): RegistrationFacts => ({
  registration,
  billingModel: "PayAsYouUse",
  cloudId,
  mappings: [],
});

function planned(old: RegistrationFacts, cloudId: string | undefined = "stamp", known = managed) {
  const plan = planTenantList({ list, managed: known, live: [readable(PARIS, cloudId), old], today: TODAY });
  return { plan, renewals: plan.renewals.map(({ key, reason, customers }) => [key, reason, customers]) };
}

describe("a Hub that was registered anew", () => {
  it("shows where the old registration is gone, and its key names another one", () => {
    const { plan, renewals } = planned(gone("CSP_REGISTRATION_NOT_FOUND"));

    assert.deepEqual(renewals, [["paris", "gone", 2]]);
    assert.deepEqual(codes(plan), ["warning CSP_HUB_REGISTERED_ANEW", "warning CSP_REGISTRATION_NOT_FOUND"]);
    assert.match(plan.issues[0]?.message ?? "", /--max-moves 2/);
  });

  it("shows where both registrations have one cloud id, in any letter case", () => {
    assert.deepEqual(planned(readable(OLD, "STAMP")).renewals, [["paris", "sameHub", 2]]);
  });

  for (const [why, old, cloudId] of [
    ["the old registration is another Hub's", readable(OLD, "other"), "stamp"],
    ["nobody tells the cloud ids", readable(OLD, undefined), undefined],
    ["the old registration may not be read", gone("CSP_NOT_AUTHORIZED"), "stamp"],
  ] as const) {
    it(`does not show where ${why}`, () => {
      assert.deepEqual(planned(old, cloudId).renewals, []);
    });
  }

  it("does not show where the old resources are named by another key", () => {
    const named = managed.map((mapping) => ({ ...mapping, name: mapping.name.replace("paris", "lyon") }));

    assert.deepEqual(planned(gone("CSP_REGISTRATION_NOT_FOUND"), "stamp", named).renewals, []);
  });

  it("is suspected only where a key has come to name another registration", () => {
    const names = (known: typeof managed) =>
      suspectedRenewals({ list, managed: known }).map(({ registration }) => registration.registrationName);

    assert.deepEqual(names(managed), [OLD.registrationName, PARIS.registrationName]);
    assert.deepEqual(names([managedOf(11, 1)]), []);
  });

  it("takes nothing for live on a registration that is gone, so that no date keeps it", () => {
    const { plan } = planned(gone("CSP_REGISTRATION_NOT_FOUND"), "stamp", [onOld(13, 3, { retainUntil: TODAY })]);

    assert.deepEqual(
      plan.registrations
        .flatMap(({ changes }) => changes.filter(({ kind }) => kind === "offboard"))
        .map(({ isLive }) => isLive),
      [false],
    );
    assert.deepEqual(codes(plan), ["warning CSP_REGISTRATION_NOT_FOUND"]);
  });
});

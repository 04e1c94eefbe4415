import assert from "node:assert/strict";
import { planTenantList } from "@azurestack-csp/provider";
import { guid } from "../tenantList/sample.ts";
import { changesOf, codes, listOf, managedOf, PARIS, planOf, summarize, TODAY } from "./scenario.ts";

describe("planTenantList", () => {
  it("counts what is live as declared and of another directory as wrong, and not as unchanged", () => {
    const row = { tenant: 1, subscription: 11 };
    const plan = planOf({ rows: [row], managed: [[11, 1, { directory: guid(2) }]], live: [[11, 1]] });

    assert.partialDeepStrictEqual(plan.counts, { unchanged: 0, wrong: 1, retention: 0 });
    assert.deepEqual(plan.registrations[0]?.wrong, [
      { name: `paris/${guid(1)}`, tenantId: guid(1), customerSubscriptionId: guid(11), directory: guid(2) },
    ]);
  });

  it("plans nothing where list, state and service agree, in any letter case", () => {
    const plan = planOf({
      rows: [{ tenant: 0xab, subscription: 0xcd }],
      managed: [[0xcd, 0xab, { tenantId: guid(0xab).toUpperCase() }]],
      live: [[0xcd, 0xab]],
    });

    assert.deepEqual(summarize(plan), []);
    assert.deepEqual(plan.issues, []);
    assert.equal(plan.counts.unchanged, 1);
  });

  it("onboards what is neither managed nor live", () => {
    const plan = planOf({ rows: [{ tenant: 1, subscription: 11 }] });

    assert.deepEqual(summarize(plan), ["onboard 11<-1"]);
    assert.equal(changesOf(plan)[0]?.tenantName, "Customer 1");
    assert.equal(changesOf(plan)[0]?.place?.line, 1);
  });

  it("adopts what is live and not managed", () => {
    assert.deepEqual(summarize(planOf({ rows: [{ tenant: 1, subscription: 11 }], live: [[11, 1]] })), ["adopt 11<-1"]);
  });

  it("writes what is live, not managed, and has no tenant that Azure tells, as a run does", () => {
    const rows = [{ tenant: 1, subscription: 11 }];

    const plan = planOf({ rows, live: [[11, undefined]] });
    assert.deepEqual(summarize(plan), ["onboard 11<-1"]);
    assert.equal(changesOf(plan)[0]?.isLive, true);
    assert.deepEqual(summarize(planOf({ rows, live: [[11, undefined]], managed: [[11, 2]] })), ["changeTenant 11<-1"]);
    assert.deepEqual(summarize(planOf({ rows, live: [[11, undefined]], managed: [[11, 1]] })), []);
    assert.deepEqual(summarize(planOf({ rows, live: [[11, undefined]], stackIsUnknown: true })), ["adopt 11<-1"]);
  });

  it("adopts what another provider manages in the same stack, and does not call it an extra", () => {
    const plan = planOf({
      rows: [{ tenant: 1, subscription: 11 }],
      live: [
        [11, 1],
        [12, 2],
      ],
      managed: [
        [11, 1, { provider: "azure-native" }],
        [12, 2, { provider: "azure-native" }],
      ],
    });

    assert.deepEqual(summarize(plan), ["adopt 11<-1"]);
    assert.equal(plan.counts.extras, 0);
  });

  it("offboards what is managed and no longer declared, once for a resource that is also to be deleted", () => {
    const plan = planOf({
      managed: [
        [11, 1],
        [11, 1, { isPendingDelete: true }],
      ],
      live: [[11, 1]],
    });

    assert.deepEqual(summarize(plan), ["offboard 11<-1"]);
  });

  it("says of an offboarding whether anything is live", () => {
    assert.equal(changesOf(planOf({ managed: [[11, 1]] }))[0]?.isLive, false);
  });

  it("moves a tenant to another subscription of the registration, without calling the old one an offboarding", () => {
    const plan = planOf({ rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1]], live: [[11, 1]] });

    assert.deepEqual(summarize(plan), ["move 12<-1"]);
    assert.deepEqual(changesOf(plan)[0]?.fromSubscriptions, [guid(11)]);
    assert.deepEqual(plan.issues, []);
  });

  it("changes the tenant of a subscription", () => {
    const rows = [{ tenant: 2, subscription: 11, overwrite: [11] }];
    const plan = planOf({ rows, managed: [[11, 1]], live: [[11, 1]] });

    assert.deepEqual(summarize(plan), ["changeTenant 11<-2"]);
    assert.equal(changesOf(plan)[0]?.fromTenantId, guid(1));
    assert.deepEqual(plan.issues, []);
  });

  it("finds drift where what is managed is gone or has another tenant", () => {
    const rows = [
      { tenant: 1, subscription: 11 },
      { tenant: 2, subscription: 12 },
    ];
    const plan = planOf({
      rows,
      managed: [
        [11, 1],
        [12, 2],
      ],
      live: [[12, 9]],
    });

    assert.deepEqual(summarize(plan), ["drift 11<-1", "drift 12<-2"]);
    assert.deepEqual(
      changesOf(plan).map(({ isLive, fromTenantId }) => ({ isLive, fromTenantId })),
      [
        { isLive: false, fromTenantId: undefined },
        { isLive: true, fromTenantId: guid(9) },
      ],
    );
    assert.deepEqual(plan.issues, []);
  });

  it("only renames what is managed under another name", () => {
    const plan = planOf({
      rows: [{ tenant: 1, subscription: 11 }],
      managed: [[11, 1, { name: "hub/one" }]],
      live: [[11, 1]],
    });

    assert.deepEqual(summarize(plan), ["rename 11<-1"]);
  });

  it("notices a changed retention", () => {
    const rows = [{ tenant: 1, subscription: 11, retainUntil: "2027-01-31" }];

    assert.deepEqual(summarize(planOf({ rows, managed: [[11, 1]], live: [[11, 1]] })), ["retention 11<-1"]);
  });

  it("notices another cloud and another credential", () => {
    const rows = [{ tenant: 1, subscription: 11, retainUntil: "2027-01-31" }];
    const access = { cloud: "china", credentialPrefix: "PARIS" } as const;
    const plan = planOf({ rows, managed: [[11, 1, { access }]], live: [[11, 1]] });

    assert.deepEqual(summarize(plan), ["access 11<-1"]);
    assert.deepEqual(changesOf(plan)[0]?.accessChanges, [
      { setting: "cloud", from: "china", to: undefined },
      { setting: "credentialPrefix", from: "PARIS", to: undefined },
    ]);
  });

  it("writes anew what is not live where it is looked for by now", () => {
    const rows = [{ tenant: 1, subscription: 11 }];

    assert.deepEqual(summarize(planOf({ rows, managed: [[11, 1, { access: { cloud: "china" } }]] })), ["drift 11<-1"]);
  });

  it("lists what is live, and neither declared, managed nor displaced, as extra", () => {
    const plan = planOf({
      rows: [{ tenant: 1, subscription: 12, overwrite: [11] }],
      live: [
        [11, 1],
        [13, 3],
      ],
    });

    assert.deepEqual(plan.registrations[0]?.extras, [{ customerSubscriptionId: guid(13), tenantId: guid(3) }]);
  });

  it("puts the dangerous changes first", () => {
    const plan = planOf({
      rows: [
        { tenant: 1, subscription: 11 },
        { tenant: 2, subscription: 22 },
      ],
      managed: [
        [12, 2],
        [13, 3],
      ],
      live: [
        [12, 2],
        [13, 3],
      ],
    });

    assert.deepEqual(summarize(plan), ["offboard 13<-3", "move 22<-2", "onboard 11<-1"]);
    const { onboard, move, offboard } = plan.counts;
    assert.deepEqual({ onboard, move, offboard }, { onboard: 1, move: 1, offboard: 1 });
  });

  it("moves a tenant whose old mapping was left behind, and adopts one whose other mapping is not its own to take", () => {
    const rows = [{ tenant: 1, subscription: 12 }];
    const live = [
      [11, 1],
      [12, 1],
    ] as const;

    assert.deepEqual(summarize(planOf({ rows, live, managed: [[11, 1]] })), ["move 12<-1"]);
    assert.deepEqual(summarize(planOf({ rows, live })), ["adopt 12<-1"]);
  });

  it("offboards what a replacement or an interrupted run left to be deleted, which the next run removes", () => {
    const plan = planOf({ managed: [[11, 1, { isPendingDelete: true }]], live: [[11, 1]] });

    assert.deepEqual(summarize(plan), ["offboard 11<-1"]);
    assert.equal(plan.registrations[0]?.managed, 1);
  });

  it("does not take what is left to be deleted for managed where the list has it again", () => {
    const rows = [{ tenant: 1, subscription: 11 }];
    const managed = [[11, 1, { isPendingDelete: true }]] as const;

    assert.deepEqual(summarize(planOf({ rows, managed, live: [[11, 1]] })), ["adopt 11<-1"]);
    assert.deepEqual(summarize(planOf({ rows, managed })), ["onboard 11<-1"]);
  });

  it("takes nothing that is left to be deleted for live where a registration cannot be read", () => {
    const problem = { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] no" } as const;
    const plan = planTenantList({
      list: listOf([]),
      live: [{ registration: PARIS, problem }],
      managed: [managedOf(11, 1, { isPendingDelete: true })],
      today: TODAY,
    });

    assert.deepEqual(
      changesOf(plan).map(({ kind, isLive }) => [kind, isLive]),
      [["offboard", false]],
    );
  });

  it("lists suspended rows once their last day has ended", () => {
    const due = (retainUntil: string) =>
      planOf({ rows: [{ tenant: 1, subscription: 11, state: "suspended", retainUntil }] }).due.map(
        ({ tenantName, registrationKeys }) => ({ tenantName, registrationKeys }),
      );

    assert.deepEqual(due("2026-11-20"), [{ tenantName: "Customer 1", registrationKeys: ["paris"] }]);
    assert.deepEqual(due(TODAY), []);
  });

  it("compares a registration that cannot be read with the state alone", () => {
    const problem = { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] no" } as const;
    const plan = planTenantList({
      list: listOf([
        { tenant: 1, subscription: 11 },
        { tenant: 2, subscription: 12 },
      ]),
      live: [{ registration: PARIS, problem }],
      managed: [managedOf(11, 1), managedOf(13, 3)],
      today: TODAY,
    });

    assert.deepEqual(summarize(plan), ["offboard 13<-3", "onboard 12<-2"]);
    assert.deepEqual(codes(plan), ["error CSP_NOT_AUTHORIZED"]);
    assert.equal(plan.registrations[0]?.live, undefined);
  });

  it("keeps registrations that only the stack knows, after those of the list", () => {
    const lyon = { ...PARIS, registrationName: "hub-lyon" };
    const managed = managedOf(11, 1, { id: { registration: lyon, customerSubscriptionId: guid(11) } });
    const problem = { code: "CSP_REGISTRATION_NOT_FOUND", message: "[CSP_REGISTRATION_NOT_FOUND] gone" } as const;
    const plan = planTenantList({
      list: listOf([]),
      live: [{ registration: lyon, problem }],
      managed: [managed],
      today: TODAY,
    });

    assert.deepEqual(
      plan.registrations.map(({ key, changes }) => [key, changes.length]),
      [
        ["paris", 0],
        [undefined, 1],
      ],
    );
    assert.deepEqual(codes(plan), ["warning CSP_REGISTRATION_NOT_FOUND"]);
  });
});

import assert from "node:assert/strict";
import {
  hasCode,
  inspectTenantList,
  type ManagedMapping,
  type Plan,
  sameId,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import { auditText } from "../../../../sdk/nodejs/src/cli/audit/auditText.ts";
import { findAll } from "../../../../sdk/nodejs/src/cli/audit/findings.ts";
import { auditExitCode } from "../../../../sdk/nodejs/src/cli/audit/runAudit.ts";
import { exitCodes } from "../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { planLimitsOf } from "../../../../sdk/nodejs/src/cli/plan/guardLimits.ts";
import { judgePlan } from "../../../../sdk/nodejs/src/cli/plan/guardRun.ts";
import { planExitCode } from "../../../../sdk/nodejs/src/cli/plan/inspect.ts";
import { planDocument } from "../../../../sdk/nodejs/src/cli/plan/planDocument.ts";
import { planMarkdown } from "../../../../sdk/nodejs/src/cli/plan/planMarkdown.ts";
import { planText } from "../../../../sdk/nodejs/src/cli/plan/planText.ts";
import { unreadIn } from "../../../../sdk/nodejs/src/cli/plan/planWording.ts";
import { reconcileExitCode, reportOne } from "../../../../sdk/nodejs/src/cli/reconcile/report.ts";
import { verify } from "../../../../sdk/nodejs/src/cli/reconcile/verify.ts";
import { cases, randomSeed } from "../../../support/effort.ts";
import { createPipelineTerminal } from "./console/pipelineTerminal.ts";
import {
  type Hub,
  isAllAsDeclared,
  nameOf,
  type Pair,
  pairOf,
  type Situation,
  situation,
  type Truth,
  truthOf,
} from "./situation.ts";
import { azureOf, engineOf, listOf, managedBy, managedIn, registrationOf } from "./situationWorld.ts";

const TODAY = "2026-06-15";
const parameters = { seed: randomSeed(), numRuns: cases(150, 4000) };

/** Looks at a situation as `plan` does, or as `audit` does with `everything`. */
async function inspected(of: Situation, list: TenantList, { everything = false } = {}) {
  const azure = azureOf(of);
  const managed = managedIn(of);
  const inspection = await inspectTenantList(() => azure.client, { list, managed, today: TODAY, everything });
  const { maxRemovals, maxMoves } = of.isUnguarded ? { maxRemovals: { share: 1 }, maxMoves: { share: 1 } } : {};
  const limits = planLimitsOf({ maxRemovals, maxMoves }, { env: {}, program: undefined });
  const { renewals } = inspection.plan;
  const isStopped = judgePlan(limits, { list, managed, renewals }).problems.length > 0;
  return { ...azure, managed, ...inspection, code: planExitCode(inspection.plan, { isStopped }) };
}

/** The live mappings of a Hub by now. */
function liveNow(memory: ReturnType<typeof azureOf>["memory"], hub: Hub): readonly Pair[] {
  return hub.reading === "gone" ? [] : memory.mappings(registrationOf(hub)).map(pairOf);
}

/** What a plan says to people and programs has to be no better than the truth. */
function assertHonest(plan: Plan, truth: Truth): void {
  const origin = { stack: "test", stacks: ["test"], paths: [], today: TODAY };
  const { hasChanges, counts, registrations } = planDocument(plan, origin);
  const texts = [planText(plan, createPipelineTerminal()), planMarkdown(plan)];
  const isSettled = isAllAsDeclared(truth) && truth.liveAndHeld === truth.declared;
  assert.ok(counts.unchanged <= truth.liveAndHeld, `${counts.unchanged} unchanged, and ${truth.liveAndHeld} are`);
  assert.ok(isSettled || hasChanges !== false, "it says that there are no changes");
  for (const text of texts) {
    assert.ok(isSettled || !text.includes("Nothing to do"), text);
    for (const key of truth.unread) assert.match(text, new RegExp(`Not read, .*\\b${key}\\b`));
  }
  assert.deepEqual([...unreadIn(plan)].sort(), [...truth.unread].sort());
  for (const { registrationId, live, unchanged, extras } of registrations)
    if (truth.unread.some((name) => registrationId.endsWith(`-${name.replace("azurestack-", "")}`)))
      assert.deepEqual({ live, unchanged, extras }, { live: undefined, unchanged: 0, extras: [] });
}

/** What becomes of a situation by the time that a run is verified. */
function afterRun(
  { hubs, readingAfter, meanwhile, ...rest }: Situation,
  liveOn: (hub: Hub) => readonly Pair[],
): Situation {
  const [disturbed] = hubs;
  return {
    ...rest,
    readingAfter,
    meanwhile,
    hubs: hubs.map((hub, index) => {
      const [first, ...others] = liveOn(hub);
      const changed = first && meanwhile === "another tenant" ? [{ ...first, t: 99 }] : [];
      const isDisturbed = hub === disturbed && meanwhile !== "nothing";
      const reading = hub.reading === "gone" ? hub.reading : (readingAfter[index] ?? "open");
      return { ...hub, reading, live: isDisturbed ? [...changed, ...others] : liveOn(hub) };
    }),
  };
}

/** Verifies as `reconcile` does, and holds what it says against the truth. */
async function assertVerified(
  of: Situation,
  known: {
    readonly list: TenantList;
    readonly plan: Plan;
    readonly before: readonly ManagedMapping[];
    readonly after: readonly ManagedMapping[];
  },
): Promise<void> {
  const { list, plan, before, after } = known;
  const verification = await verify(() => azureOf(of).client, { list, before, after, today: TODAY });
  const truth = truthOf(of.hubs);
  const result = { stack: "test", plan, changes: {}, verification, liftedLocks: [] };
  const terminal = createPipelineTerminal();
  const context = { terminal, today: () => TODAY, env: {}, folder: "/", signal: new AbortController().signal };

  const code = reconcileExitCode(result, { failOnExtras: false });
  reportOne(context, result, { json: false, failOnExtras: false, paths: [], notLookedAt: [] });

  assert.ok(verification.confirmed <= truth.liveAsDeclared);
  if (code === exitCodes.ok) {
    assert.ok(isAllAsDeclared(truth), `verified, and ${JSON.stringify(truth)}`);
    assert.deepEqual(leftLive(of, before), []);
  }
  const [, verified, declared] = /Verified: (\d+)( of \d+)? live as declared/.exec(terminal.written.join("\n")) ?? [];
  assert.ok(Number(verified) <= truth.liveAsDeclared);
  assert.ok(declared !== undefined || truth.liveAsDeclared === truth.declared, terminal.written.join("\n"));
}

/** What was managed before, is declared no more, and is live all the same, as far as it can be told. */
function leftLive({ hubs }: Situation, before: readonly ManagedMapping[]): readonly string[] {
  return before.flatMap(({ name, id: { registration, customerSubscriptionId }, tenantId = "" }) => {
    const { s, t } = pairOf({ tenantId, customerSubscriptionId });
    const hub = hubs.find((each) => sameId(registrationOf(each).registrationName, registration.registrationName));
    const isLive = hub?.reading !== "gone" && hub?.live.some((live) => live.s === s && live.t === t);
    return isLive && !hub?.declared.some((row) => row.s === s) ? [name] : [];
  });
}

/** What of the managed mappings the list declares, as if a run had forgotten the rest and removed none of it. */
function declaredOf({ hubs }: Situation, managed: readonly ManagedMapping[]): readonly ManagedMapping[] {
  const declared = new Set(hubs.flatMap(({ key, declared }) => declared.map(({ s }) => `${nameOf(key)} ${s}`)));
  return managed.filter(({ id: { registration, customerSubscriptionId }, tenantId = "" }) =>
    declared.has(`${registration.registrationName} ${pairOf({ tenantId, customerSubscriptionId }).s}`),
  );
}

/**
 * Refreshes and runs fail by nothing but what was said to be not known: a lock that may not be read; and by what is then left
 * alone on the same registration.
 */
function assertForetold({ hubs }: Situation, { issues }: Plan, errors: readonly Error[]): void {
  const isSaid = issues.some(({ code }) => code === "CSP_LOCKS_UNREADABLE");
  const hasHiddenLock = isSaid && hubs.some(({ lock, areLocksForbidden }) => lock !== "none" && areLocksForbidden);
  const causes = errors.filter((error) => !hasCode(error, "CSP_REGISTRATION_STOPPED"));
  const isForetold =
    errors.length === 0 ||
    (causes.length > 0 && hasHiddenLock && causes.every((error) => hasCode(error, "CSP_SCOPE_LOCKED")));
  assert.ok(isForetold, errors.map(({ message }) => message).join("\n"));
}

describe(`any situation (seed ${parameters.seed})`, () => {
  it("is planned by what was read, and nothing that passes is refused", async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (of) => {
        const list = listOf(of);
        if (!list) return assert.ok(of.isDoubled);
        const { plan, code, client, memory, managed } = await inspected(of, list);
        const truth = truthOf(of.hubs);

        assertHonest(plan, truth);
        for (const after of [managed, declaredOf(of, managed)])
          await assertVerified(of, { list, plan, before: managed, after });
        if (code !== exitCodes.ok) return;
        assert.deepEqual(truth.unread, []);
        const engine = engineOf(of, client);
        const refreshed = plan.counts.drift > 0 ? (await engine.refresh()).errors : [];
        assertForetold(of, plan, refreshed);
        if (refreshed.length > 0) return;
        const { errors } = await engine.up(
          Object.fromEntries(toDeclarations(list).map(({ name, inputs }) => [name, { ...inputs }])),
        );
        assertForetold(of, plan, errors);
        if (errors.length > 0) return;
        const later = afterRun(of, (hub) => liveNow(memory, hub));
        await assertVerified(later, { list, plan, before: managed, after: managedBy(engine) });
      }),
      parameters,
    );
  });

  it("is audited by what was read", async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (of) => {
        const list = listOf(of);
        if (!list) return;
        const { plan, live, managed, directories } = await inspected(of, list, { everything: true });
        const state = { managed, others: [], stacks: ["test"] } as never;
        const inspection = { plan, live, directories, state, shared: [], unread: [] };
        const findings = findAll({ inspection, list, groups: [], hubs: [], today: "2026-11-21" });
        const truth = truthOf(of.hubs);
        const text = auditText(findings, { ...createPipelineTerminal(), unread: unreadIn(plan), hubs: [] });

        assertHonest(plan, truth);
        const isWell = isAllAsDeclared(truth) && !truth.hasOthers && !hasWrongDirectory(of);
        const code = auditExitCode(plan, findings);
        assert.ok(code !== exitCodes.ok || isWell, text);
        assert.ok(isWell || !text.includes("Everything is live as declared"), text);
        for (const key of truth.unread) assert.match(text, new RegExp(`Not read, .*\\b${key}\\b`));
      }),
      parameters,
    );
  });
});

/** Whether Azure tells of a declared customer subscription that it belongs to another directory. */
function hasWrongDirectory({ hubs, directories, areDirectoriesUnread }: Situation): boolean {
  if (areDirectoriesUnread) return false;
  return hubs.some(({ declared }) => declared.some(({ t, s }) => (directories.get(s) ?? t) !== t));
}

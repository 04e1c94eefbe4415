import assert from "node:assert/strict";
import { type ErrorCode, ProviderError } from "@azurestack-csp/provider";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { reconcileErrors } from "../../../../../sdk/nodejs/src/cli/errors/reconcileErrors.ts";
import type { ReconcileResult } from "../../../../../sdk/nodejs/src/cli/reconcile/job.ts";
import type { PartOutcome } from "../../../../../sdk/nodejs/src/cli/reconcile/parts/reconcilePart.ts";
import { reconcileExitCode, reportMany } from "../../../../../sdk/nodejs/src/cli/reconcile/report.ts";
import type { Verification } from "../../../../../sdk/nodejs/src/cli/reconcile/verify.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";
import { planOf } from "../plan/plans.ts";

const right: Verification = { confirmed: 1, missing: [], remaining: [], extras: [], wrong: [], unverified: [] };

function unverified(...codes: readonly ErrorCode[]): Verification {
  return { ...right, unverified: codes.map((code) => ({ id: "/it", code, message: `[${code}] no` })) };
}

describe("reconcileExitCode", () => {
  for (const [title, verification, code] of [
    ["everything is as declared", right, exitCodes.ok],
    ["something declared is not live", { ...right, missing: ["/it"] }, exitCodes.drift],
    ["something removed is live still", { ...right, remaining: ["/it"] }, exitCodes.drift],
    ["something is of another directory", { ...right, wrong: ["/it"] }, exitCodes.drift],
    ["something is live that nobody declared", { ...right, extras: ["/it"] }, exitCodes.ok],
    ["something could not be read for want of rights", unverified("CSP_NOT_AUTHORIZED"), exitCodes.credentials],
    ["something could not be read for another reason", unverified("CSP_UNREACHABLE"), exitCodes.failed],
    [
      "rights are one of the reasons",
      unverified("CSP_UNREACHABLE", "CSP_NOT_AUTHORIZED", "CSP_SERVICE_FAILED"),
      exitCodes.credentials,
    ],
    [
      "something could not be read and something else is missing",
      { ...unverified("CSP_UNREACHABLE"), missing: ["/it"] },
      exitCodes.failed,
    ],
  ] as const) {
    it(`is ${code} where ${title}`, () => {
      assert.equal(reconcileExitCode({ verification }, { failOnExtras: false }), code);
    });
  }

  it("is that of what was left for its errors before everything else", () => {
    const left = { code: exitCodes.input, issues: [] };

    assert.equal(reconcileExitCode({ verification: right, left }, { failOnExtras: false }), exitCodes.input);
    assert.equal(
      reconcileExitCode({ verification: unverified("CSP_NOT_AUTHORIZED"), left }, { failOnExtras: false }),
      exitCodes.input,
    );
  });

  it("fails on what nobody declared where that is asked for", () => {
    assert.equal(
      reconcileExitCode({ verification: { ...right, extras: ["/it"] } }, { failOnExtras: true }),
      exitCodes.drift,
    );
    assert.equal(reconcileExitCode({ verification: right }, { failOnExtras: true }), exitCodes.ok);
  });
});

describe("reportMany", () => {
  const plan = planOf({ declared: [1], live: [1], managed: [1] });
  const done = (verification: Verification): PartOutcome => {
    const result: ReconcileResult = { stack: "test.paris", plan, changes: {}, verification, liftedLocks: [] };
    return { stack: "test.paris", result };
  };
  const failed: PartOutcome = {
    stack: "test.lyon",
    error: new ProviderError(reconcileErrors.CSP_RECONCILE_BUSY, {
      stack: "test.lyon",
      pid: "1",
      host: "h",
      since: "s",
      file: "f",
    }),
  };

  const report = (...outcomes: readonly PartOutcome[]) => reportBeside([], ...outcomes);

  function reportBeside(notLookedAt: readonly string[], ...outcomes: readonly PartOutcome[]) {
    const terminal = createPipelineTerminal();
    const context = { env: {}, folder: "", terminal, signal: new AbortController().signal, today: () => "2026-06-15" };
    const code = reportMany(context, outcomes, { paths: [], notLookedAt, json: false, failOnExtras: false });
    return { code, said: terminal.said.join("\n"), written: terminal.written.join("\n") };
  }

  it("ends with the code of a stack that failed rather than of one that differs, and tells of both", () => {
    const { code, said, written } = report(done({ ...right, remaining: ["/it"] }), failed, done(right));

    assert.equal(code, exitCodes.failed);
    assert.match(said, /^Removed and still live: \/it\ntest\.lyon: \[CSP_RECONCILE_BUSY\]/);
    assert.match(written, /Verified: 1 live as declared/);
  });

  it("reminds of a lock that was lifted for the run, with the command that puts it back", () => {
    const liftedLocks = [{ registration: "paris", name: "keep", command: "az lock create --name keep" }];
    const result: ReconcileResult = { stack: "test.paris", plan, changes: {}, verification: right, liftedLocks };

    const { said, code } = report({ stack: "test.paris", result });

    assert.equal(code, exitCodes.ok);
    assert.match(
      said,
      /^Lock "keep" of paris is declared and was not met; where it was lifted, put it back:\n {2}az lock create --name keep$/,
    );
  });

  it("says how many of the declared were verified, where not all were", () => {
    assert.match(
      report(done({ ...right, confirmed: 0, missing: ["/it"] })).written,
      /Verified: 0 of 1 live as declared/,
    );
  });

  it("says how many registrations were not looked at, and which", () => {
    assert.match(reportBeside(["lyon", "nice"], done(right)).written, /^2 registrations not looked at: lyon, nice\.$/m);
    assert.doesNotMatch(report(done(right)).written, /not looked at/);
  });

  it("ends with the code of a stack that differs, where none failed, and with 0 where none does", () => {
    assert.equal(report(done(right), done({ ...right, missing: ["/it"] })).code, exitCodes.drift);
    assert.equal(report(done(right)).code, exitCodes.ok);
  });
});

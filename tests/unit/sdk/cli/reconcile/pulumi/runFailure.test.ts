import assert from "node:assert/strict";
import { exitCodeOfErrors } from "../../../../../../sdk/nodejs/src/cli/reconcile/pulumi/runFailure.ts";

describe("exitCodeOfErrors", () => {
  for (const [title, errors, code] of [
    ["a refused sign-in", ["[CSP_NOT_AUTHENTICATED] No sign-in."], 4],
    [
      "the guard, whatever else was reported",
      ["[CSP_NOT_AUTHENTICATED] No sign-in.", "[CSP_GUARD_MOVES] Too many."],
      5,
    ],
    [
      "the guard that stopped while others went through",
      ["[CSP_GUARD_REMOVAL_STOPPED] One too many.", "[CSP_SCOPE_LOCKED] Locked."],
      5,
    ],
    ["several kinds", ["[CSP_NOT_AUTHENTICATED] No sign-in.", "[CSP_UNREACHABLE] No network."], 8],
    ["a code that nobody knows", ["[CSP_FROM_THE_FUTURE] Something."], 8],
    ["no code", ["error: an unhandled error"], 8],
  ] as const) {
    it(`is ${code} for ${title}`, () => {
      assert.equal(exitCodeOfErrors(errors), code);
    });
  }
});

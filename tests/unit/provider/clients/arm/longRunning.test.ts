import assert from "node:assert/strict";
import { type ArmTarget, armError, isScopeLocked } from "../../../../../provider/src/clients/arm/armError.ts";
import { finishOperation } from "../../../../../provider/src/clients/arm/longRunning.ts";
import type { Answer } from "../../../../../provider/src/clients/wire/answer.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { createVirtualClock } from "../wire/virtualClock.ts";
import { answer } from "./answers.ts";

const STATE = { "azure-asyncoperation": "https://arm/state", location: "https://arm/outcome" };
const OUTCOME = { location: "https://arm/outcome" };
const target: ArmTarget = { id: "/x", action: "delete", apiVersion: "2017-06-01" };

/** Watches an operation that was accepted with the headers, and whose questions get the answers, the last one for ever. */
async function watch(headers: Readonly<Record<string, string>>, answers: readonly Answer[]) {
  const clock = createVirtualClock();
  const accepted = answer({ status: 202, headers });
  const asked: (readonly [url: string, at: number])[] = [];
  const ask = async (url: string) => {
    asked.push([url, clock.now()]);
    return answers[Math.min(asked.length, answers.length) - 1] ?? assert.fail("nobody should have asked");
  };
  const { now, sleep } = clock;
  const outcome = clock.run(finishOperation({ accepted, ask, now, sleep }));
  return { accepted, asked, clock, outcome: await outcome.catch((error: unknown) => error) };
}

function state(status: string, more: object = {}): Answer {
  return answer({ body: { status, ...more } });
}

describe("finishOperation", () => {
  it("is done where no link came with the answer, or it is not one of acceptance", async () => {
    const { accepted, outcome } = await watch({}, []);

    assert.equal(outcome, accepted);
    const done = answer({ status: 200, headers: OUTCOME });
    const options = {
      accepted: done,
      ask: () => assert.fail(),
      now: Date.now,
      sleep: () => assert.fail(),
    };
    assert.equal(await finishOperation(options), done);
  });

  it("follows the state, and waits as long as it is asked to", async () => {
    const { accepted, asked, outcome } = await watch({ ...STATE, "retry-after": "7" }, [
      answer({ body: { status: "Deleting" }, headers: { "retry-after": "30" } }),
      state("InProgress"),
      state("Succeeded"),
    ]);

    assert.equal(outcome, accepted);
    assert.deepEqual(asked, [
      ["https://arm/state", 7_000],
      ["https://arm/state", 37_000],
      ["https://arm/state", 39_000],
    ]);
  });

  it("follows the outcome, also where its link changes", async () => {
    for (const end of [answer({ status: 204 }), answer({ status: 200, body: {} })]) {
      const moved = answer({ status: 202, headers: { location: "https://arm/other" } });
      const { accepted, asked, outcome } = await watch(OUTCOME, [moved, end]);

      assert.equal(outcome, accepted);
      assert.deepEqual(
        asked.map(([url]) => url),
        ["https://arm/outcome", "https://arm/other"],
      );
    }
  });

  for (const [what, headers, waiting] of [
    ["state", STATE, state("InProgress")],
    ["outcome", OUTCOME, answer({ status: 202 })],
  ] as const) {
    it(`gives up on a ${what} that does not come, and says what is known`, async () => {
      const { outcome, clock, asked } = await watch(headers, [waiting]);

      assert.ok(hasCode(outcome, "CSP_OPERATION_UNFINISHED"));
      assert.equal(outcome.kind, "service");
      assert.match(outcome.message, /accepted GET \/subscriptions\/1 .* after 10 minutes \((InProgress|status 202)\)/);
      assert.match(outcome.message, /202 \(correlation id c0ffee00/);
      assert.equal(clock.now(), 600_000);
      assert.equal(asked.length, 300);
    });
  }

  it("does not wait for a day", async () => {
    const { outcome, clock } = await watch({ ...OUTCOME, "retry-after": "86400" }, []);

    assert.ok(hasCode(outcome, "CSP_OPERATION_UNFINISHED"));
    assert.equal(clock.now(), 0);
  });

  it("hands on what refused it, as if the request itself had been refused", async () => {
    const error = { code: "ScopeLocked", message: "Locked." };
    const refusals = [
      (await watch(STATE, [state("Failed", { error })])).outcome,
      (await watch(OUTCOME, [answer({ status: 409, body: { error } })])).outcome,
    ] as readonly Answer[];
    for (const refusal of refusals) assert.ok(isScopeLocked(refusal));

    for (const spelled of ["Canceled", "Cancelled"]) {
      const canceled = (await watch(STATE, [state(spelled)])).outcome as Answer;
      assert.match(armError(target, canceled).message, new RegExp(`\\[CSP_REQUEST_REFUSED\\].*409 ${spelled}`, "s"));
    }
  });

  it("takes a page that is not ARM's for no outcome and no state", async () => {
    const failed = answer({ body: { error: { code: "ScopeLocked", message: "Locked." } } });
    for (const strange of [answer({ body: "<html>" }), answer({ status: 302 }), failed]) {
      for (const headers of [STATE, OUTCOME]) {
        assert.ok(hasCode((await watch(headers, [strange])).outcome, "CSP_NOT_ARM"));
      }
    }
    assert.ok(hasCode((await watch(STATE, [answer({ body: {} })])).outcome, "CSP_NOT_ARM"));
  });
});

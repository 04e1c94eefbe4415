import assert from "node:assert/strict";
import { runKill } from "./kills/runKill.ts";
import { type Situation, titleOf } from "./kills/situation.ts";

type Run = Omit<Situation, "moment" | "victim" | "change">;

/** A `reconcile` writes its state once, or twice for each resource; what it leaves has to be taken care of whatever the next list says. */
const runs: readonly Run[] = [
  { action: "up", hasCheckpoints: false, next: "kept" },
  { action: "reconcile", hasCheckpoints: false, next: "kept" },
  { action: "reconcile", hasCheckpoints: false, next: "reverted" },
  { action: "reconcile", hasCheckpoints: true, next: "kept" },
  { action: "reconcile", hasCheckpoints: true, next: "reverted" },
];

/** Where a run can be killed; where nothing is written, it does not matter whether the answer was on its way. */
const places: readonly { readonly place: string; readonly moment: (count: number) => Situation["moment"] }[] = [
  { place: "each of its requests", moment: (count) => ({ by: "requests", count }) },
  ...(["PUT", "DELETE"] as const).map((method) => ({
    place: `each ${method} that was carried out and not answered`,
    moment: (count: number) => ({ by: "writes", method, count, when: "afterCommit" }) as const,
  })),
];

for (const run of runs) {
  const { action, hasCheckpoints, next } = run;
  describe(`${action} of a list that moves${hasCheckpoints ? ", with checkpoints" : ""}; the list ${next}`, () => {
    for (const { place, moment } of places) {
      it(`comes right again when it is killed at ${place}`, async () => {
        for (let count = 1; ; count += 1) {
          const situation: Situation = { ...run, change: "moves", victim: "all", moment: moment(count) };
          const report = await runKill(situation);
          if (!report) return;
          assert.deepEqual(report.problems, [], `${titleOf(situation)}\n${report.output}`);
        }
      });
    }
  });
}

import assert from "node:assert/strict";
import { killSomewhere } from "./runKill.ts";
import { type Situation, titleOf } from "./situation.ts";

/** A test for each kill, after which the next run has to leave everything as declared, with nobody's help. */
export function describeKills(name: string, situations: readonly Situation[]): void {
  describe(`${name} comes right again`, () => {
    for (const situation of situations) {
      it(titleOf(situation), async () => {
        const { outcome, problems, output } = await killSomewhere(situation);

        assert.deepEqual(problems, [], output);
        // What a run tidies up whose engine alone was killed leaves the next one nothing to mend.
        assert.ok(outcome === "clean" || outcome === "healed", `${outcome}\n${output}`);
      });
    }
  });
}

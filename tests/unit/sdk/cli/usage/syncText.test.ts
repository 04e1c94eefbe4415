import assert from "node:assert/strict";
import type { HubOutcome } from "@azurestack-csp/usage";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";
import { progressText, watchSync } from "../../../../../sdk/nodejs/src/cli/usage/syncProgress.ts";
import { syncText } from "../../../../../sdk/nodejs/src/cli/usage/syncText.ts";

const outcome: HubOutcome = {
  key: "paris",
  cloudId: "c",
  granularity: "hourly",
  windows: 1_453,
  missing: 0,
  pages: 2_000,
  rows: 484_161,
  setAside: 0,
  replaced: { before: 0, after: 0 },
  closed: [],
  reopened: [],
  split: undefined,
  unasked: [],
  problems: [],
};

describe("syncText", () => {
  const layout = { width: 120, colours: createColours(false) };

  it("has a row for each Hub, and says what is other than it was", () => {
    const closed = ["2026-10-01", "2026-10-02", "2026-10-03"];
    const lyon = {
      ...outcome,
      key: "lyon",
      missing: 3,
      setAside: 1,
      reopened: ["2026-09-30"],
      problems: [new Error()],
    };

    const lines = syncText([{ ...outcome, closed }, lyon], layout).split("\n");

    assert.match(lines[1] ?? "", /^ {2}paris {2}1,453 +2,000 +484,161 +0 +0 +done$/);
    assert.match(lines[2] ?? "", /^ {2}lyon .* 1 +3 +not all of it$/);
    assert.equal(lines[3], "paris: 2026-10-01 to 2026-10-03 closed.");
    assert.match(lines[4] ?? "", /^lyon: late rows opened 2026-09-30 again/);
  });

  it("says how many rows were replaced by how many", () => {
    const lines = syncText([{ ...outcome, replaced: { before: 6, after: 5 }, reopened: ["2026-09-30"] }], layout);

    assert.match(lines, /paris: asked again, 5 rows stand for 6\./);
    assert.match(lines, /paris: other rows opened 2026-09-30 again/);
  });

  it("says that deleted subscriptions may be missing where a Hub has to be asked one by one", () => {
    const split = { windows: 2, from: "2026-10-01T18:00:00Z", to: "2026-10-01T20:00:00Z" };

    assert.match(
      syncText([{ ...outcome, split }], layout),
      /paris: its gateway gave up .* 2 windows .* deleted .*18:00Z\.\.2026-10-01T20:00Z/,
    );
  });
});

describe("watchSync", () => {
  function watched(showsProgress: boolean) {
    const [said, shown]: [string[], string[]] = [[], []];
    let time = 0;
    const progress = () => ({ update: (text: string) => void shown.push(text), stop: () => undefined });
    const sync = watchSync({ showsProgress, progress, say: (text) => void said.push(text) }, () => time);
    const pass = (ms: number) => {
      time += ms;
    };
    return { ...sync, said, shown, pass };
  }

  it("says a line now and then where no terminal shows the progress", () => {
    const { watch, said, shown, pass } = watched(false);
    watch.windows(300);
    for (let index = 0; index < 100; index += 1) {
      pass(700);
      watch.window("2026-10-03T00:00:00Z");
    }

    assert.deepEqual(
      said.map((line) => line.slice(0, 22)),
      ["Usage: 43 of 300 windo", "Usage: 86 of 300 windo"],
    );
    assert.deepEqual(shown, []);
  });

  it("says nothing beside a terminal's own progress", () => {
    const { watch, said, shown, pass } = watched(true);
    watch.windows(300);
    pass(60_000);
    watch.page(7);

    assert.deepEqual([said.length, shown.length], [0, 2]);
  });

  it("tells what an interruption leaves behind", () => {
    const { watch, leftText } = watched(false);
    assert.match(leftText(), /before any usage was asked for/);
    watch.windows(2_908);
    watch.window("2026-10-03T00:00:00Z");

    assert.match(leftText(), /^Interrupted after 1 of 2,908 windows\. What they brought is kept/);
  });
});

describe("progressText", () => {
  it("tells windows, pages, rows, and the time that is left once there is enough to go by", () => {
    const counts = { windows: 100, done: 4, pages: 10, rows: 12_345, day: "2026-10-03", elapsedInMs: 4_000 };

    assert.equal(progressText(counts), "Usage: 4 of 100 windows, 10 pages, 12,345 rows, at 2026-10-03");
    assert.match(progressText({ ...counts, done: 50, elapsedInMs: 5_000 }), /, about 5 s left$/);
    assert.match(progressText({ ...counts, done: 10, elapsedInMs: 60_000 }), /, about 9 min left$/);
    assert.doesNotMatch(progressText({ ...counts, done: 100 }), /left/);
  });
});

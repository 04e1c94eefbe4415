import assert from "node:assert/strict";
import { ProviderError, type UsageRow } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import { usageErrors } from "../../../../usage/src/errors.ts";
import { hubDouble, LATE, report, rowOf } from "../../../support/usage/hubDouble.ts";
import { plainSums, storedSums, storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("runSync", () => {
  for (const granularity of ["hourly", "daily"] as const) {
    it(`adds up what was reported in several windows for one ${granularity} usage time`, async () => {
      const folder = newFolder();

      const [outcome] = await sync(folder, hubDouble({ reports: LATE }), { granularity });

      assert.deepEqual(outcome?.problems, []);
      assert.deepEqual(
        await storedSums(folder),
        await plainSums(LATE, { granularity, before: "2026-10-09T00:00:00Z" }),
      );
    });
  }

  it("asks for each window once, six hours after its end", async () => {
    const folder = newFolder();
    const hub = hubDouble({ reports: LATE });

    await sync(folder, hub, { now: "2026-10-01T12:59:59Z" });
    const first = hub.asked.map(({ start }) => start);
    await sync(folder, hub, { now: "2026-10-01T13:00:00Z" });

    assert.deepEqual([first.at(0), first.at(-1), first.length], ["2026-10-01T00:00:00Z", "2026-10-01T05:00:00Z", 6]);
    assert.deepEqual(hub.asked.map(({ start }) => start).slice(first.length), ["2026-10-01T06:00:00Z"]);
  });

  it("goes back to the first of the month before, where nobody says from when on", async () => {
    const hub = hubDouble();

    await sync(newFolder(), hub, { stretch: {}, granularity: "daily", now: "2027-01-05T00:00:00Z" });

    assert.equal(hub.asked[0]?.start, "2026-12-01T00:00:00Z");
  });

  it("never goes back further by itself than it was asked to at first", async () => {
    const folder = newFolder();
    const hub = hubDouble();
    await sync(folder, hub, { stretch: { from: Date.parse("2026-10-08") }, granularity: "daily" });

    await sync(folder, hub, { stretch: {} });

    assert.deepEqual(
      hub.asked.map(({ start }) => start),
      ["2026-10-08T00:00:00Z"],
    );
  });

  it("counts an equal repeat once, and of two quantities the first in the Hub's own order", async () => {
    const folder = newFolder();
    const row = (quantity: string, resource: string) =>
      rowOf(report("", "2026-10-01T00:00:00Z", quantity, resource), "daily");
    const rows = [row("1.5", "/a"), row("7", "/b"), row("2", "/c"), row("1.5", "/a"), row("3", "/c"), row("2", "/c")];
    const hub = hubDouble({ rows: ({ window }) => (window.start === "2026-10-02T00:00:00Z" ? rows : []) });

    const [outcome] = await sync(folder, hub, { granularity: "daily" });

    const sums = await storedSums(folder);
    assert.deepEqual(
      sums.map(({ resource, quantity }) => [resource, Number(quantity)]),
      [
        ["/a", 1.5],
        ["/b", 7],
        ["/c", 2],
      ],
    );
    assert.equal(outcome?.setAside, 1);
    const store = openStore(folder);
    const [aside] = store.setAside();
    assert.deepEqual(
      [aside?.code, aside?.quantity, aside?.kept, aside?.start, aside?.row.resource_id],
      [usageErrors.CSP_SYNC_CONFLICT.code, "3", "2", "2026-10-02T00:00:00Z", "/c"],
    );
    store.close();
  });

  it("takes a row for a repeat only where all that it says is the same, to the last digit", async () => {
    const folder = newFolder();
    const first = {
      ...rowOf(report("", "2026-10-01T00:00:00Z", "12", "/vm"), "daily"),
      additionalInfo: '{"size":"A"}',
    };
    const rows: readonly UsageRow[] = [
      first,
      first,
      { ...first, additionalInfo: '{"size":"B"}' },
      { ...first, additionalInfo: undefined },
      { ...first, usageEnd: "2026-10-01T12:00:00Z" },
      { ...first, quantity: "12.000000000000000000001" },
    ];
    const hub = hubDouble({ rows: ({ window }) => (window.start === "2026-10-01T00:00:00Z" ? rows : []), pageSize: 9 });

    const [outcome] = await sync(folder, hub, { granularity: "daily" });

    assert.deepEqual([outcome?.rows, outcome?.setAside], [1, 4]);
    const store = openStore(folder);
    assert.deepEqual(
      store.setAside().map(({ quantity, row }) => [quantity, row.additional_info, String(row.usage_end).slice(8, 13)]),
      [
        ["12", '{"size":"B"}', "02 00"],
        ["12", null, "02 00"],
        ["12", '{"size":"A"}', "01 12"],
        ["12.000000000000000000001", '{"size":"A"}', "02 00"],
      ],
    );
    store.close();
  });

  it("keeps every digit, and sets aside as text what has no place among decimals", async () => {
    const folder = newFolder();
    const texts = [
      "123456789012345678.12345678901234567890",
      "-0.00000000000000000001",
      "8.6e-05",
      "0.000013440860215053762000015",
      "12345678901234567890.5",
      "1E-40",
      "-1.10",
    ];
    const rows = texts.map((quantity, index) =>
      rowOf({ ...report("", "2026-10-01T00:00:00Z", quantity), resource: `/${index}` }, "daily"),
    );
    const hub = hubDouble({ rows: ({ window }) => (window.start === "2026-10-01T00:00:00Z" ? rows : []) });

    await sync(folder, hub, { granularity: "daily" });

    const store = openStore(folder);
    assert.deepEqual(
      await store.query("SELECT quantity_text, CAST(quantity AS VARCHAR) AS quantity FROM usage ORDER BY resource_id"),
      [
        { quantity_text: texts[0], quantity: "123456789012345678.12345678901234567890" },
        { quantity_text: texts[1], quantity: "-0.00000000000000000001" },
        { quantity_text: texts[2], quantity: "0.00008600000000000000" },
        { quantity_text: texts[3], quantity: "0.00001344086021505376" },
        { quantity_text: texts[6], quantity: "-1.10000000000000000000" },
      ],
    );
    assert.deepEqual(
      store.setAside().map(({ code, quantity, day }) => [code, quantity, day]),
      [
        [usageErrors.CSP_SYNC_QUANTITY_OVERFLOW.code, "12345678901234567890.5", "2026-10-01"],
        [usageErrors.CSP_SYNC_QUANTITY_UNDERFLOW.code, "1E-40", "2026-10-01"],
      ],
    );
    assert.equal(store.hubs()[0]?.days.find(({ day }) => day === "2026-10-01")?.setAside, 2);
    store.close();
  });

  it("keeps texts as the Hub spells them, whatever is in them", async () => {
    const folder = newFolder();
    const texts = ['{"a":"b\\n"}', '{\n "x":\t1}', "a\u0001b", '"', "\\N", "é漢\u{1F600}", " x", "null", "'"];
    const rows: readonly UsageRow[] = texts.map((text, index) => ({
      ...rowOf({ ...report("", "2026-10-01T00:00:00Z", "1"), resource: `/${index}\t${text}` }, "daily"),
      tags: text,
      additionalInfo: text,
      location: text,
    }));
    const hub = hubDouble({ rows: ({ window }) => (window.start === "2026-10-01T00:00:00Z" ? rows : []) });

    await sync(folder, hub, { granularity: "daily" });

    const store = openStore(folder);
    const read = await store.query(
      "SELECT tags, additional_info AS info, location, resource_uri AS uri FROM usage ORDER BY uri",
    );
    assert.deepEqual(
      read,
      texts.map((text, index) => ({ tags: text, info: text, location: text, uri: `/${index}\t${text}` })),
    );
    store.close();
  });

  it("takes a usage day that ends a month, a leap day and one of a clock change for what they are", async () => {
    const folder = newFolder();
    const reports = [
      report("2028-02-29T23:30:00Z", "2028-02-29T22:00:00Z", "1"),
      report("2028-03-01T01:00:00Z", "2028-02-29T23:00:00Z", "2"),
      report("2028-03-26T01:10:00Z", "2028-03-26T00:00:00Z", "4"),
      report("2028-03-26T02:10:00Z", "2028-03-26T01:00:00Z", "8"),
      report("2028-04-01T00:30:00Z", "2028-03-31T23:00:00Z", "16"),
    ];

    await sync(folder, hubDouble({ reports }), {
      stretch: { from: Date.parse("2028-02-28") },
      now: "2028-04-04T00:00:00Z",
    });

    const store = openStore(folder);
    assert.deepEqual(
      await store.query(
        "SELECT CAST(usage_date AS VARCHAR) AS day, CAST(sum(quantity) AS INTEGER) AS sum, typeof(any_value(hub)) AS type FROM usage GROUP BY day ORDER BY day",
      ),
      [
        { day: "2028-02-29", sum: 3, type: "VARCHAR" },
        { day: "2028-03-26", sum: 12, type: "VARCHAR" },
        { day: "2028-03-31", sum: 16, type: "VARCHAR" },
      ],
    );
    store.close();
  });

  it("closes a day after its lag, and opens it again for rows that come late, and says so", async () => {
    const folder = newFolder();
    const reports = [
      report("2026-10-01T12:00:00Z", "2026-10-01T11:00:00Z", "1"),
      report("2026-10-05T12:00:00Z", "2026-10-01T11:00:00Z", "2"),
    ];
    const stateOf = (now: string) => {
      const store = openStore(folder);
      const found = store.hubs({ now: Date.parse(now) })[0]?.days.find(({ day }) => day === "2026-10-01");
      store.close();
      return [found?.state, found?.rows, found?.reopenedAt];
    };
    const hub = hubDouble({ reports });

    await sync(folder, hub, { now: "2026-10-04T05:59:59Z" });
    assert.deepEqual(stateOf("2026-10-04T05:59:59Z"), ["open", 1, null]);
    const [closing] = await sync(folder, hub, { now: "2026-10-04T06:00:00Z" });
    assert.deepEqual(stateOf("2026-10-04T06:00:00Z"), ["closed", 1, null]);
    const [late] = await sync(folder, hub, { now: "2026-10-06T00:00:00Z" });
    assert.deepEqual(stateOf("2026-10-06T00:00:00Z"), ["open", 2, "2026-10-06T00:00:00Z"]);
    const [last] = await sync(folder, hub, { now: "2026-10-06T01:00:00Z" });

    assert.deepEqual(stateOf("2026-10-06T01:00:00Z"), ["closed", 2, "2026-10-06T00:00:00Z"]);
    assert.deepEqual([closing?.closed, late?.reopened, last?.closed], [["2026-10-01"], ["2026-10-01"], ["2026-10-01"]]);
  });

  it("opens a day again that a shorter lag had closed before its last window", async () => {
    const folder = newFolder();
    const hub = hubDouble({ reports: [report("2026-10-01T12:00:00Z", "2026-10-01T11:00:00Z", "1")] });
    const stateAt = (now: string) => {
      const store = openStore(folder);
      const day = store.hubs({ now: Date.parse(now) })[0]?.days.find((each) => each.day === "2026-10-01");
      store.close();
      return day?.state;
    };

    await sync(folder, hub, { now: "2026-10-03T12:00:00Z", lagHours: 24 });
    assert.equal(stateAt("2026-10-03T12:00:00Z"), "closed");
    await sync(folder, hub, { now: "2026-10-03T13:00:00Z" });
    assert.equal(stateAt("2026-10-03T13:00:00Z"), "open");
    const [whole] = await sync(folder, hub, { now: "2026-10-04T06:00:00Z" });

    assert.deepEqual(whole?.closed, ["2026-10-01"]);
  });

  it("brings in the other Hubs where one fails", async () => {
    const folder = newFolder();
    const failing = hubDouble({
      key: "lyon",
      cloudId: "4f0a1c52-0000-4000-8000-00000000000b",
      instead: () => {
        throw new ProviderError("CSP_UNREACHABLE", { host: "hub.example", reason: "no route" });
      },
    });

    const [bad, good] = await sync(folder, [failing, hubDouble({ reports: LATE })]);

    assert.equal(bad?.problems.length, 1);
    assert.ok((failing.asked.length ?? 0) <= 4);
    assert.deepEqual([good?.problems, good?.missing], [[], 0]);
    assert.deepEqual(
      await storedSums(folder),
      await plainSums(LATE, { granularity: "hourly", before: "2026-10-09T00:00:00Z" }),
    );
  });
});

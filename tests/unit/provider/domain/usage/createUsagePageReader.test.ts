import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { createUsagePageReader } from "../../../../../provider/src/domain/usage/createUsagePageReader.ts";
import { createRecall } from "../../../../../provider/src/domain/usage/recall.ts";
import { scanUsagePage } from "../../../../../provider/src/domain/usage/scanUsagePage.ts";
import type { UsagePage } from "../../../../../provider/src/domain/usage/usageQuery.ts";
import type { UsageRow } from "../../../../../provider/src/domain/usage/usageRow.ts";

const recorded = readFileSync(new URL("../../../../fixtures/usage/recorded-page.json", import.meta.url), "utf8");
const NEXT = "https://adminmanagement.local/subscriptions/x?continuationToken=a%2Fb%3D";

interface Draft {
  readonly quantity?: string;
  readonly meterId?: string;
  readonly start?: string;
  readonly end?: string;
  readonly instanceData?: string;
}

const INSTANCE = JSON.stringify({
  "Microsoft.Resources": {
    resourceUri: "/subscriptions/09065051-CFE9-4fcf-b90c-87f2af292fc9\\resourcegroups/RG/providers/Microsoft.Storage/s",
    location: "northwest",
    tags: '{"quantity":1.10}',
    additionalInfo: '{"Sku":"2016\\u00e9"}',
  },
});

/** A row exactly as Hubs write it. */
function rowText(draft: Draft = {}): string {
  const { quantity = "2.0", meterId = "B5C15376-6C94-4FDD-B655-1A69D138ACA3" } = draft;
  const { start = "2026-10-01T18:00:00+00:00", end = "2026-10-01T19:00:00+00:00" } = draft;
  const { instanceData = JSON.stringify(INSTANCE) } = draft;
  const name = `09065051-CFE9-4fcf-b90c-87f2af292fc9-${meterId}`;
  return `{"id":"/subscriptions/39c82aed/${name}","name":"${name}","type":"Microsoft.Commerce/UsageAggregate","properties":{"subscriptionId":"09065051-CFE9-4fcf-b90c-87f2af292fc9","usageStartTime":"${start}","usageEndTime":"${end}","instanceData":${instanceData},"quantity":${quantity},"meterId":"${meterId}","name":"${name}"}}`;
}

function pageText(rows: readonly string[], rest = `,"nextLink":"${NEXT}"`): string {
  return `{"value":[${rows.join(",")}]${rest}}`;
}

function read(body: string): UsagePage<UsageRow> {
  return createUsagePageReader()(body, { host: "hub.test" });
}

function problemsOf(body: string): string {
  try {
    read(body);
  } catch (error) {
    assert.ok(hasCode(error, "CSP_USAGE_PAGE_UNREADABLE"));
    assert.equal(error.details.host, "hub.test");
    return error.details.problems;
  }
  assert.fail("it was read");
}

/** By `JSON.parse` alone: the page spelled so that it is not scanned. */
function readSlowly(body: string): UsagePage<UsageRow> {
  return read(body.replace("{", "{ "));
}

describe("createUsagePageReader", () => {
  it("reads recorded rows, digit by digit and in one spelling", () => {
    const { rows, nextLink } = read(recorded);

    assert.equal(nextLink, undefined);
    assert.equal(rows.length, 15);
    assert.deepEqual(rows[9], {
      subscriptionId: "6f2e9f7a-b37e-42a7-af50-a27bb4c1df1d",
      meterId: "b4438d5d-453b-4ee1-b42a-dc72e377f1e4",
      usageStart: "2019-12-10T18:00:00Z",
      usageEnd: "2019-12-10T19:00:00Z",
      quantity: "8.381903171539307e-08",
      resourceId:
        "/subscriptions/6f2e9f7a-b37e-42a7-af50-a27bb4c1df1d/resourcegroups/vaasrg3a5a/providers/microsoft.storage/storageaccounts/savaasrg3a5a",
      resourceUri:
        "/subscriptions/6f2e9f7a-b37e-42a7-af50-a27bb4c1df1d/resourcegroups/vaasrg3a5a/providers/Microsoft.Storage/storageAccounts/savaasrg3a5a",
      location: "northwest",
      tags: undefined,
      additionalInfo: undefined,
    });
    assert.equal(
      rows[6]?.additionalInfo,
      '{"ServiceType":"Standard_D1_v2","ImageType":null,"Publisher":"MicrosoftWindowsServer","Offer":"WindowsServer","Sku":"2012-R2-Datacenter"}',
    );
  });

  it("reads the same rows from recorded ones as Hubs write them, on one line", () => {
    const compact = recorded.replace(/"_note".*?,\n/s, "").replaceAll(/(?<=[[{,}\]])\s+|\n\s*|(?<=":) /g, "");

    assert.ok(scanUsagePage(compact, createRecall()));
    assert.deepEqual(read(compact).rows, read(recorded).rows);
  });

  it("reads a page of none, and its link verbatim", () => {
    assert.deepEqual(read(pageText([])), { rows: [], nextLink: NEXT });
    assert.deepEqual(read(pageText([], ',"nextLink":null')), { rows: [], nextLink: undefined });
    assert.deepEqual(read('{"nextLink":"","value":[]}'), { rows: [], nextLink: undefined });
  });

  it("keeps digits that a double has not", () => {
    const quantities = ["12345678901234567890.123456789", "0.00134408602150537620001234", "1.10", "-0.5E-7", "1E+30"];
    const body = pageText(quantities.map((quantity) => rowText({ quantity })));

    for (const page of [read(body), readSlowly(body)]) {
      assert.deepEqual(
        page.rows.map(({ quantity }) => quantity),
        quantities,
      );
      assert.equal(page.rows[0]?.tags, '{"quantity":1.10}');
    }
  });

  it("takes a quantity in quotes, and what a resource is tagged with as an object", () => {
    const instanceData = '{"Microsoft.Resources":{"resourceUri":"/a","tags":{"quantity":2},"additionalInfo":null}}';
    const [row] = read(pageText([rowText({ quantity: '"1.50"', instanceData })])).rows;

    assert.equal(row?.quantity, "1.50");
    assert.equal(row?.tags, '{"quantity":2}');
    assert.equal(row?.location, undefined);
  });

  for (const none of ['""', "null", '"null"', "{}", '"{\\"Microsoft.Resources\\":null}"']) {
    it(`knows no resource where instanceData is ${none}`, () => {
      const [row] = read(pageText([rowText({ instanceData: none })])).rows;

      assert.equal(row?.resourceId, "");
      assert.equal(row?.resourceUri, undefined);
    });
  }

  it("knows a resource in whatever letter case its members are", () => {
    const instanceData = JSON.stringify(
      '{"microsoft.resources":{"ResourceUri":"/a/B","Location":"paris","TAGS":"{}"}}',
    );
    const [row] = read(pageText([rowText({ instanceData })])).rows;

    assert.deepEqual([row?.resourceUri, row?.resourceId, row?.location, row?.tags], ["/a/B", "/a/b", "paris", "{}"]);
  });

  for (const strange of [
    '{"resourceUri":"/a"}',
    '{"Microsoft.Resources":{"uri":"/a"}}',
    '{"Microsoft.Compute":null}',
    "[]",
  ]) {
    it(`does not take ${strange} for usage without a resource`, () => {
      assert.match(
        problemsOf(pageText([rowText({ instanceData: JSON.stringify(strange) })])),
        /row 1: instanceData is/,
      );
    });
  }

  for (const [spelled, meterId] of [
    ["F271A8A388C44D93956A063E1D2FA80B", "f271a8a3-88c4-4d93-956a-063e1d2fa80b"],
    ["6DAB500F-a4fd-49c4-956d-229bb9c8c793", "6dab500f-a4fd-49c4-956d-229bb9c8c793"],
    ["Custom-Meter", "custom-meter"],
  ] as const) {
    it(`spells the meter ${spelled} in one way`, () => {
      assert.equal(read(pageText([rowText({ meterId: spelled })])).rows[0]?.meterId, meterId);
    });
  }

  for (const [spelled, start] of [
    ["2026-10-01T18:00:00Z", "2026-10-01T18:00:00Z"],
    ["2026-10-01T18:00:00.0000000+00:00", "2026-10-01T18:00:00Z"],
    ["2026-10-01T18:00:00", "2026-10-01T18:00:00Z"],
    ["2026-10-01T00:30:00+02:00", "2026-09-30T22:30:00Z"],
    ["2024-02-29T23:00:00-01:00", "2024-03-01T00:00:00Z"],
  ] as const) {
    it(`reads the time ${spelled} in UTC`, () => {
      const [row] = read(pageText([rowText({ start: spelled, end: "2026-10-01T19:00:00Z" })])).rows;

      assert.equal(row?.usageStart, start);
    });
  }

  for (const time of [
    "2026-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2026-10-01T24:00:00Z",
    "10/01/2026 18:00:00",
    "",
  ]) {
    it(`refuses ${time || "an empty text"} as a time`, () => {
      assert.match(problemsOf(pageText([rowText({ start: time })])), /row 1: usageStartTime is/);
    });
  }

  it("names all that it cannot read, by row, property and value", () => {
    const body = pageText([
      rowText(),
      rowText({ quantity: "null" }),
      rowText({ instanceData: '"{\\"Microsoft.Res"', end: "2026-10-01T18:00:00Z" }),
      "7",
    ]);

    assert.equal(
      problemsOf(body),
      'row 2: quantity is null, row 3: usageEndTime is "2026-10-01T18:00:00Z", row 3: instanceData is "{\\"Microsoft.Res", row 4 has no properties',
    );
  });

  it("shows long values and many problems by their beginning", () => {
    const many = Array.from({ length: 40 }, () => rowText({ quantity: `"${"x".repeat(500)}"` }));

    assert.ok(problemsOf(pageText(many)).length < 600);
    assert.match(problemsOf(pageText(many)), /; and 35 more$/);
  });

  for (const body of ["", "null", "[]", '{"value":{}}', "<html>", pageText([rowText()]).slice(0, -1)]) {
    it(`refuses ${body.slice(0, 15) || "nothing"} as a page`, () => {
      assert.equal(problemsOf(body), "it is no list of usage aggregates");
    });
  }

  it("refuses a page whose members are not divided as JSON has it", () => {
    for (const rest of [`"nextLink":"${NEXT}"`, ",", `,,"nextLink":null`, "]"]) {
      assert.equal(problemsOf(pageText([rowText()], rest)), "it is no list of usage aggregates");
    }
    assert.equal(problemsOf(`{"value":[${rowText()},]}`), "it is no list of usage aggregates");
  });

  it("refuses a link that is no text, and rows that come with an error", () => {
    assert.equal(problemsOf(pageText([rowText()], ',"nextLink":{}')), "nextLink is {}");
    assert.equal(problemsOf(pageText([rowText()], ',"error":{"code":"x"}')), "it comes with an error");
  });

  it("keeps no page in memory by the texts of its rows", () => {
    const fill = (page: number) => {
      const tags = `${page}${"x".repeat(2_000_000)}`;
      return rowText({ instanceData: JSON.stringify(JSON.stringify({ "Microsoft.Resources": { tags } })) });
    };
    const reader = createUsagePageReader();
    const kept: UsageRow[] = [];
    const before = usedHeap();
    for (let page = 0; page < 60; page++) {
      const quantity = `0.0013440860215053${100 + page}`;
      kept.push(...reader(pageText([rowText({ quantity }), fill(page)]), { host: "hub.test" }).rows.slice(0, 1));
    }

    assert.equal(kept.length, 60);
    assert.ok(usedHeap() - before < 80_000_000);
  });

  it("reads a mangled page right or not at all, whichever way it goes", () => {
    const rows = ["1.0", "16.461425899527967", "8.381903171539307e-08"].map((quantity) => rowText({ quantity }));
    const body = pageText(rows);
    const mangled = fc.tuple(
      fc.nat(body.length - 1),
      fc.nat(8),
      fc.oneof(
        fc.constant(""),
        fc.string({ maxLength: 4 }),
        fc.constantFrom('"', "\\", "{", "}", "]", ",", '\\"', "\n", "null", "1e5", "}},{", '","quantity":9,"'),
      ),
    );
    let refused = 0;
    fc.assert(
      fc.property(mangled, ([at, cut, text]) => {
        const page = body.slice(0, at) + text + body.slice(at + cut);
        const [scanned, parsed] = [outcome(() => read(page)), outcome(() => readSlowly(page))];
        assert.deepEqual(scanned, parsed);
        if (parsed === "refused") refused++;
        else assert.equal(parsed.rows.length, JSON.parse(page).value.length);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(refused > 1_000);
  }).timeout(60_000);
});

/** What is in use once nobody's garbage is counted, in bytes. */
function usedHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

function outcome(run: () => UsagePage<UsageRow>): UsagePage<UsageRow> | "refused" {
  try {
    return run();
  } catch (error) {
    assert.ok(hasCode(error, "CSP_USAGE_PAGE_UNREADABLE"), String(error));
    return "refused";
  }
}

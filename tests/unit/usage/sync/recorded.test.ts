import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createUsagePageReader } from "@azurestack-csp/provider";
import { openStore } from "@azurestack-csp/usage";
import { DuckDBInstance } from "@duckdb/node-api";
import { hubDouble } from "../../../support/usage/hubDouble.ts";
import { storeFolders, sync } from "../../../support/usage/stores.ts";

const newFolder = storeFolders();
const body = readFileSync(new URL("../../../fixtures/usage/recorded-page.json", import.meta.url), "utf8");

/** The members of each row, cut from the text without a reader of JSON, so that no digit passes through a number. */
const plain = [...body.matchAll(/"properties":\s*\{.*?"quantity":\s*([-\d.eE+]+).*?"meterId":\s*"([^"]+)"/gs)].map(
  ([text, quantity = "", meter = ""]) => ({
    quantity,
    meter: meter.toLowerCase(),
    subscription: /"subscriptionId":\s*"([^"]+)"/.exec(text)?.[1] ?? "",
    start: /"usageStartTime":\s*"([^"]{19})/.exec(text)?.[1] ?? "",
  }),
);

describe("recorded rows", () => {
  it("come to the sums of their texts, day by day, and keep each text", async () => {
    const folder = newFolder();
    const { rows } = createUsagePageReader()(body, { host: "hub.example" });
    const hub = hubDouble({
      rows: ({ window }) => (window.start === "2019-12-10T19:00:00Z" ? rows : []),
      pageSize: 4,
    });

    await sync(folder, hub, {
      stretch: { from: Date.parse("2019-12-10"), to: Date.parse("2019-12-11") },
      now: "2019-12-12T00:00:00Z",
    });

    const connection = await (await DuckDBInstance.create()).connect();
    const values = plain.map(
      ({ subscription, meter, start, quantity }) => `('${subscription}', '${meter}', '${start}', '${quantity}')`,
    );
    const select = `SELECT subscription_id, meter_id, CAST(usage_start AS VARCHAR) AS start, CAST(sum(quantity) AS VARCHAR) AS quantity,
      list_sort(list(quantity_text)) AS texts FROM usage GROUP BY ALL ORDER BY ALL`;
    const reader = await connection.runAndReadAll(
      `WITH usage AS (SELECT subscription_id, meter_id, CAST(start AS TIMESTAMP) AS usage_start,
         CAST(quantity AS DECIMAL(38,20)) AS quantity, quantity AS quantity_text
         FROM (VALUES ${values.join(", ")}) AS given (subscription_id, meter_id, start, quantity)) ${select}`,
    );
    connection.closeSync();
    const store = openStore(folder);
    assert.ok(rows.length >= 15 && plain.length === rows.length, `${rows.length} rows, ${plain.length} texts`);
    assert.deepEqual(await store.query(select), reader.getRowObjectsJson());
    assert.deepEqual(store.setAside(), []);
    store.close();
  });
});

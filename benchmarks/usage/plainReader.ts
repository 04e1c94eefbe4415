import { mkdirSync, readFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { DuckDBInstance, DuckDBTimestampValue } from "@duckdb/node-api";

/**
 * Retrieves a Hub's usage hour by hour and writes a Parquet file for each usage day, as one would in an afternoon: one thread,
 * `JSON.parse` with the source texts of numbers, one appender.
 *
 * Arguments: endpoint, subscription, file of certificates, first hour, number of hours, folder.
 */
const [, , endpoint = "", subscription = "", caFile = "", firstHour = "", hours = "", folder = ""] = process.argv;

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

interface Item {
  readonly properties: Readonly<
    Record<"subscriptionId" | "meterId" | "usageStartTime" | "usageEndTime" | "instanceData" | "quantity", string>
  >;
}

interface Page {
  readonly value: readonly Item[];
  readonly nextLink?: string;
}

type Resource = Readonly<Record<"resourceUri" | "location" | "tags" | "additionalInfo", string>>;

const agent = new Agent({ keepAlive: true, ca: readFileSync(caFile) });
const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "2GB" });
const connection = await instance.connect();
await connection.run(`CREATE TABLE usage (
  subscription_id VARCHAR, meter_id VARCHAR, usage_start TIMESTAMP, usage_end TIMESTAMP, granularity VARCHAR,
  quantity_text VARCHAR, resource_id VARCHAR, resource_uri VARCHAR, location VARCHAR, tags VARCHAR,
  additional_info VARCHAR, reported_start TIMESTAMP, fetched_at TIMESTAMP)`);

const start = Date.parse(firstHour);
const days = new Set<string>();
for (let number = 0; number < Number(hours); number++) {
  const reported = start + number * HOUR_IN_MS;
  await appendHour(reported);
  // Nothing older than two days comes any more.
  const before = new Date(reported - 2 * DAY_IN_MS).toISOString().slice(0, 10);
  for (const day of [...days].filter((each) => each < before)) await writeDay(day);
}
for (const day of [...days]) await writeDay(day);
agent.destroy();

async function appendHour(reported: number): Promise<void> {
  let url: string | undefined = firstUrl(reported);
  while (url !== undefined) {
    const page = JSON.parse(await fetchText(url), keepSource) as Page;
    const appender = await connection.createAppender("usage");
    const fetched = timestamp(Date.now());
    for (const { properties } of page.value) {
      const resource: Resource = JSON.parse(properties.instanceData)["Microsoft.Resources"];
      const begins = Date.parse(properties.usageStartTime);
      days.add(new Date(begins).toISOString().slice(0, 10));
      appender.appendVarchar(properties.subscriptionId.toLowerCase());
      appender.appendVarchar(dashed(properties.meterId));
      appender.appendTimestamp(timestamp(begins));
      appender.appendTimestamp(timestamp(Date.parse(properties.usageEndTime)));
      appender.appendVarchar("hourly");
      appender.appendVarchar(properties.quantity);
      appender.appendVarchar(resource.resourceUri.replaceAll("\\", "/").toLowerCase());
      appender.appendVarchar(resource.resourceUri);
      appender.appendVarchar(resource.location);
      for (const text of [resource.tags, resource.additionalInfo]) {
        if (text === "" || text === "null") appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.appendTimestamp(timestamp(reported));
      appender.appendTimestamp(fetched);
      appender.endRow();
    }
    appender.closeSync();
    url = page.nextLink;
  }
}

async function writeDay(day: string): Promise<void> {
  const target = join(folder, `usage_date=${day}`);
  mkdirSync(target, { recursive: true });
  await connection.run(`COPY (
      SELECT *, CAST(quantity_text AS DECIMAL(38,20)) AS quantity
      FROM usage WHERE CAST(usage_start AS DATE) = DATE '${day}'
      ORDER BY subscription_id, meter_id, resource_id, usage_start, reported_start
    ) TO '${join(target, "0.parquet")}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`);
  await connection.run(`DELETE FROM usage WHERE CAST(usage_start AS DATE) = DATE '${day}'`);
  days.delete(day);
}

function firstUrl(reported: number): string {
  const query = new URLSearchParams({
    "api-version": "2015-06-01-preview",
    aggregationGranularity: "Hourly",
    reportedStartTime: new Date(reported).toISOString(),
    reportedEndTime: new Date(reported + HOUR_IN_MS).toISOString(),
  });
  return `${endpoint}/subscriptions/${subscription}/providers/Microsoft.Commerce.Admin/subscriberUsageAggregates?${query}`;
}

function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: "Bearer none" } }, (response) => {
      if (response.statusCode === 200) text(response).then(resolve, reject);
      else reject(new Error(`${url} answered ${response.statusCode}`));
    }).once("error", reject);
  });
}

function keepSource(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return key === "quantity" ? context?.source : value;
}

function dashed(meter: string): string {
  const bare = meter.replaceAll("-", "").toLowerCase();
  return [bare.slice(0, 8), bare.slice(8, 12), bare.slice(12, 16), bare.slice(16, 20), bare.slice(20)].join("-");
}

function timestamp(inMs: number): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(inMs) * 1000n);
}

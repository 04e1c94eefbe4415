import type { BenchmarkResult, Phase, PhaseResult } from "./runBenchmark.ts";

type Column = readonly [title: string, cell: (result: PhaseResult) => string];

const columns: readonly Column[] = [
  ["seconds", ({ seconds }) => seconds.toFixed(1)],
  ["floor", ({ floorSeconds }) => floorSeconds.toFixed(1)],
  ["ratio", ({ seconds, floorSeconds }) => (seconds / floorSeconds).toFixed(2)],
  ["GET", ({ requests }) => `${requests.GET}`],
  ["PUT", ({ requests }) => `${requests.PUT}`],
  ["DELETE", ({ requests }) => `${requests.DELETE}`],
  ["challenges", ({ challenges }) => `${challenges}`],
  ["MiB", ({ peakProviderMiB }) => peakProviderMiB?.toFixed(0) ?? "?"],
  ["floor MiB", ({ floorProviderMiB }) => floorProviderMiB?.toFixed(0) ?? "?"],
];

const throttleColumns: readonly Column[] = [
  ["429", ({ throttled }) => `${throttled}`],
  ["bucket s", ({ bucketSeconds = 0 }) => bucketSeconds.toFixed(1)],
];

/** The result as one line of JSON, its figures rounded to what they are worth. */
export function formatJson(result: object): string {
  return JSON.stringify(result, (_, value: unknown) => (typeof value === "number" ? Number(value.toFixed(2)) : value));
}

/** The result as a table for people. */
export function formatTable({ tenants, phases, ...state }: BenchmarkResult): string {
  const results = Object.entries(phases) as [Phase, PhaseResult][];
  const isThrottled = results.some(([, { bucketSeconds }]) => bucketSeconds !== undefined);
  const shown = isThrottled ? [...columns, ...throttleColumns] : columns;
  const rows = [
    ["phase", ...shown.map(([title]) => title)],
    ...results.map(([phase, result]) => [phase, ...shown.map(([, cell]) => cell(result))]),
  ];
  return [
    `${tenants} tenants on one registration; "floor" is the engine with as many resources that do nothing.`,
    "GET, PUT and DELETE are requests with a token; challenges are look-ups of directories without one.",
    "Requests for tokens are not shown.",
    "",
    ...align(rows),
    "",
    `State: ${Math.round(state.stateBytesPerTenant)} bytes per tenant, floor ${Math.round(state.floorStateBytesPerTenant)}.`,
  ].join("\n");
}

/** Cells in columns, so many of them to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[], left = 1): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => (column < left ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}

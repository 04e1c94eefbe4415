import { align } from "../report.ts";
import type { Comparison, Measurement } from "./compare.ts";

/** A comparison as a table for people; ratios are to azapi's time of the same phase. */
export function comparisonTable({ measurements, stateBytesPerTenant, ...comparison }: Comparison): string {
  const limits = comparison.throttled ? " under ARM's limits" : "";
  const state = Object.entries(stateBytesPerTenant).map(([rival, bytes]) => `${rival} ${Math.round(bytes)}`);
  return [
    `${comparison.tenants} tenants on one registration${limits}; ${comparison.terraform}; ${comparison.cores} cores, load average ${comparison.loadBefore.toFixed(1)} before the first phase.`,
    "GET, PUT and DELETE are requests with a token, those answered 429 among them; MiB is the sum over a command's processes.",
    "",
    ...align([titles, ...measurements.map((measurement) => cells(measurement, measurements))], 2),
    "",
    `State, bytes per tenant: ${state.join(", ")}.`,
  ].join("\n");
}

const titles = "phase,tool,seconds,ratio,GET,PUT,DELETE,challenges,tokens,429,failed,exit,MiB".split(",");

function cells(measurement: Measurement, all: readonly Measurement[]): readonly string[] {
  const { phase, rival, seconds, requests, challenges, tokens, throttled, failed, exitCode, peakMiB } = measurement;
  const theirs = all.find((other) => other.phase === phase)?.seconds ?? seconds;
  const counts = [requests.GET, requests.PUT, requests.DELETE, challenges, tokens, throttled, failed];
  return [
    phase,
    rival,
    seconds.toFixed(1),
    (seconds / theirs).toFixed(2),
    ...counts.map(String),
    exitCode === null ? "signal" : `${exitCode}`,
    peakMiB?.toFixed(0) ?? "?",
  ];
}

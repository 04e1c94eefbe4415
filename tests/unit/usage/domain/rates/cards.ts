import assert from "node:assert/strict";
import type { RateCard } from "../../../../../usage/src/domain/rates/card.ts";
import { type ParsedRateCard, parseRateCard } from "../../../../../usage/src/domain/rates/parseRateCard.ts";

/** A tenant, by a number. */
export function tenant(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** Ids of published meters. */
export const meters = {
  pageBlobs: "b5c15376-6c94-4fdd-b655-1a69d138aca3",
  tables: "b4438d5d-453b-4ee1-b42a-dc72e377f1e4",
  cores: "fab6eb84-500b-4a09-a8ca-7358f8bbaea5",
  windowsCores: "9cd92d4c-bafd-4492-b278-bedc2de8232a",
  vmHours: "6dab500f-a4fd-49c4-956d-229bb9c8c793",
  staticIp: "f271a8a3-88c4-4d93-956a-063e1d2fa80b",
} as const;

/** Rates in YAML's flow form, one of each line, in a card in euros. */
export function yamlOf(rates: readonly string[], head = "currency: EUR"): string {
  return `${head}\nrates:\n${rates.map((rate) => `  - ${rate}\n`).join("")}`;
}

/** What comes of a card in YAML. */
export function parseYaml(rates: readonly string[], head?: string): ParsedRateCard {
  return parseRateCard({ file: "rates.yaml", text: yamlOf(rates, head) });
}

/** The codes of the issues with line and property, in their order. */
export function told({ issues }: ParsedRateCard): readonly string[] {
  for (const { message } of issues) assert.doesNotMatch(message, /\{\w+\}|undefined|NaN|\[object/);
  return issues.map(({ code, line, path }) => `${code} ${line} ${path}`);
}

/** The card of these rates, which have to be right. */
export function cardOf(rates: readonly string[], head?: string): RateCard {
  const parsed = parseYaml(rates, head);
  assert.deepEqual(told(parsed), []);
  assert.ok(parsed.card);
  return parsed.card;
}

/** A rate of page blobs with these members besides. */
export function pageBlobs(members: string): string {
  return `{ meter: PageBlobCapacity, unit: GB*hours, ${members} }`;
}

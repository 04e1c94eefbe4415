import { OUTCOMES, type Verdict } from "./judge.ts";
import type { Moment, Situation } from "./situation.ts";

/** One kill of many. */
export interface KillResult extends Verdict {
  readonly seed: number;
  readonly situation: Situation;
}

/** Two tables in Markdown: the kills by what was killed, and by when. */
export function killTables(results: readonly KillResult[]): string {
  return [
    table("killed", results, ({ situation: { action, victim } }) => `${action}: ${victim}`),
    table("moment, next list", results, ({ situation: { moment, next } }) => `${momentKind(moment)}, ${next}`),
  ].join("\n\n");
}

/** Writes what a table sums up between the marks of a page; throws where it has none. */
export function withTables(page: string, tables: string): string {
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The page has no "${BEGIN}" and "${END}".`);
  return `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`;
}

const BEGIN = "<!-- kills: begin -->";
const END = "<!-- kills: end -->";

function momentKind(moment: Moment): string {
  if (moment.by === "writes") return moment.when === "before" ? "before a write" : "before a write is answered";
  return { time: "any time", requests: "any request", throttling: "writes are throttled" }[moment.by];
}

function table(heading: string, results: readonly KillResult[], keyOf: (result: KillResult) => string): string {
  const rows = [...Map.groupBy(results, keyOf)].sort(([left], [right]) => left.localeCompare(right, "en"));
  const cells = [...rows, ["all", results] as const].map(([key, group]) => {
    const counts = OUTCOMES.map((outcome) => group.filter((result) => result.outcome === outcome).length);
    return [key, group.length, ...counts];
  });
  return [[heading, "kills", ...OUTCOMES], ["---", ...OUTCOMES.map(() => "---:"), "---:"], ...cells]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

import { isProviderError } from "@azurestack-csp/provider";
import type { HubOutcome } from "@azurestack-csp/usage";
import { messageOf } from "../console/failures.ts";

/** What went wrong with a Hub, each cause once. */
export function distinctProblems(problems: HubOutcome["problems"]): readonly unknown[] {
  return [...new Map(problems.map((problem) => [causeOf(problem), problem])).values()];
}

/** What went wrong, a text for each cause, which names all Hubs that have it. */
export function problemLines(outcomes: readonly Pick<HubOutcome, "key" | "problems">[]): readonly string[] {
  const causes = new Map<string, { readonly keys: string[]; readonly problem: unknown }>();
  for (const { key, problems } of outcomes)
    for (const problem of distinctProblems(problems)) {
      const cause = causeOf(problem);
      const found = causes.get(cause) ?? { keys: [], problem };
      found.keys.push(key);
      causes.set(cause, found);
    }
  return [...causes.values()].map(({ keys, problem }) => `${keys.join(", ")}: ${messageOf(problem)}`);
}

/** Alike for errors that differ in nothing but which of the requests met them. */
function causeOf(problem: unknown): string {
  return isProviderError(problem) ? JSON.stringify([problem.code, problem.details]) : messageOf(problem);
}

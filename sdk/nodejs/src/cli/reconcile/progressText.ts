import { aFew } from "@azurestack-csp/provider";
import { KINDS } from "../../resources/kinds.ts";
import type { RunProgress } from "./pulumi/runFailure.ts";
import type { Step } from "./pulumi/stackEvents.ts";

/** What a run was to do, and how it went. */
export interface ProgressRequest {
  /** The steps of the preview. */
  readonly planned: readonly Step[];
  readonly progress: RunProgress;
  /** What a person calls a resource, by its URN. */
  readonly nameOf: (urn: string) => string;
}

/** What the engine calls what is done to a mapping, and what a person does; a replacement is a move and its removal. */
const DONE: Readonly<Record<string, string>> = {
  create: "registered or adopted",
  update: "changed",
  "create-replacement": "moved",
  delete: "removed",
};

/** What a failed run had done, what failed and what it did not come to, in the past tense; one line. */
export function progressText({ planned, progress, nameOf }: ProgressRequest): string {
  const { done, failed, durationInMs } = progress;
  const mappings = (steps: readonly Step[]) =>
    steps.filter(({ type, op }) => type === KINDS.CustomerSubscription && DONE[op] !== undefined);
  const ended = new Set([...done, ...failed].map(keyOf));
  const untouched = mappings(planned).filter((step) => !ended.has(keyOf(step)));
  const counts = [...Map.groupBy(mappings(done), ({ op }) => DONE[op])].map(
    ([word, { length }]) => `${length} ${word}`,
  );
  const parts = [
    counts.length === 0 ? "nothing was registered, changed or removed" : counts.join(", "),
    ...(mappings(failed).length === 0 ? [] : [`${mappings(failed).length} failed`]),
    ...(untouched.length === 0
      ? []
      : [`${untouched.length} not begun: ${aFew(untouched.map(({ urn }) => nameOf(urn)))}`]),
  ];
  return `After ${Math.round(durationInMs / 1000)} s: ${parts.join("; ")}.`;
}

function keyOf({ op, urn }: Step): string {
  return `${op} ${urn}`;
}

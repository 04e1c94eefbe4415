import fc from "fast-check";
import type { Role } from "../../support/processes.ts";
import { type Change, type NextList, writesOfChange } from "./lists.ts";

/** What is run. */
export type Action = "up" | "up without checkpoints" | "reconcile" | "reconcile per registration" | "adopt" | "destroy";

/** Whose process is killed; `all` is what a machine that goes down kills. */
export type Victim = Role | "all";

/** When it is killed. */
export type Moment =
  /** Once this part of the time has passed that such a run takes. */
  | { readonly by: "time"; readonly part: number }
  /** When the emulator has seen this many requests to registrations, before it answers the last of them. */
  | { readonly by: "requests"; readonly count: number }
  /** When the emulator sees this many writes of a method: before it carries the last of them out, or before it answers it. */
  | {
      readonly by: "writes";
      readonly method: "PUT" | "DELETE";
      readonly count: number;
      readonly when: "before" | "afterCommit";
    }
  /** When the emulator sends away this write, and all that come later, with 429 and a `Retry-After`. */
  | { readonly by: "throttling"; readonly method: "PUT" | "DELETE"; readonly count: number };

/** One kill, and what comes after it. */
export interface Situation {
  readonly action: Action;
  readonly victim: Victim;
  readonly change: Change;
  readonly moment: Moment;
  /** When the next run is killed as well; absent where it is not. */
  readonly again?: Moment;
  /** Whether `reconcile` writes its state resource by resource. */
  readonly hasCheckpoints: boolean;
  readonly next: NextList;
}

/** What runs where: an `up` has no command of ours, an `adopt` no provider. */
const victims: Readonly<Record<Action, readonly Victim[]>> = {
  up: ["engine", "host", "all"],
  "up without checkpoints": ["engine", "host", "all"],
  reconcile: ["command", "engine", "host", "all"],
  "reconcile per registration": ["command", "engine", "host", "all"],
  adopt: ["command", "engine", "all"],
  destroy: ["engine", "host", "all"],
};

/** Every action with everything that can be killed in it. */
export const pairs: readonly Pick<Situation, "action" | "victim">[] = Object.entries(victims).flatMap(
  ([action, killed]) => killed.map((victim) => ({ action: action as Action, victim })),
);

/** The situation of a number: the pairs in turn, and the rest as the number has it. */
export function drawSituation(seed: number): Situation {
  const pair = pairs[seed % pairs.length];
  if (!pair) throw new RangeError(`A seed is a whole number from 0 on, and not ${seed}.`);
  // Generators that begin at neighbouring numbers draw alike at first.
  const [drawn] = fc.sample(restOf(pair), { seed: Math.imul(seed + 1, 0x9e3779b1), numRuns: 1 });
  if (!drawn) throw new RangeError(`Nothing was drawn for ${seed}.`);
  return drawn;
}

/** A situation in words. */
export function titleOf({ action, victim, change, moment, again, hasCheckpoints, next }: Situation): string {
  const changing = action === "adopt" || action === "destroy" ? "" : ` of a list that ${change}`;
  const killed = victim === "all" ? "killed with all it had started" : `its ${victim} killed`;
  const written = hasCheckpoints ? ", with checkpoints" : "";
  const twice = again ? `, and again ${momentInWords(again)}` : "";
  return `${action}${changing}${written}, ${killed} ${momentInWords(moment)}${twice}; the list ${next}`;
}

function momentInWords(moment: Moment): string {
  if (moment.by === "time") return `after ${Math.round(moment.part * 100)} % of its time`;
  if (moment.by === "requests") return `at request ${moment.count}`;
  const write = `${moment.method} ${moment.count}`;
  if (moment.by === "throttling") return `once ${write} is throttled`;
  return moment.when === "before" ? `before ${write}` : `before ${write} is answered`;
}

function restOf({ action, victim }: Pick<Situation, "action" | "victim">): fc.Arbitrary<Situation> {
  const changes: fc.Arbitrary<Change> =
    action === "destroy" || action === "adopt"
      ? fc.constant(action === "destroy" ? "removes" : "adds")
      : fc.constantFrom("adds", "removes", "moves", "mixes");
  const isReconcile = action === "reconcile" || action === "reconcile per registration";
  return changes.chain((change) =>
    fc
      .record({
        moment: momentOf(action, change),
        again: fc.oneof({ arbitrary: fc.constant(undefined), weight: 5 }, { arbitrary: byTime(), weight: 1 }),
        hasCheckpoints: isReconcile ? fc.boolean() : fc.constant(false),
        next: fc.constantFrom<NextList>("kept", "reverted", "changed"),
      })
      .map(({ again, ...rest }) => ({ action, victim, change, ...rest, ...(again ? { again } : {}) })),
  );
}

/** An `adopt` asks Azure first, and then works on the state alone. */
function momentOf(action: Action, change: Change): fc.Arbitrary<Moment> {
  if (action === "adopt") return byTime();
  const anywhere = fc.oneof(
    byTime(),
    fc.record({ by: fc.constant("requests" as const), count: fc.integer({ min: 1, max: 16 }) }),
  );
  const counts = writesOfChange[change];
  const methods = (["PUT", "DELETE"] as const).filter((method) => counts[method] > 0);
  const written = fc.constantFrom(...methods).chain((method) => {
    const count = fc.integer({ min: 1, max: counts[method] });
    const when = fc.constantFrom<"before" | "afterCommit">("before", "afterCommit");
    return fc.oneof(
      fc.record({ by: fc.constant("writes" as const), method: fc.constant(method), count, when }),
      fc.record({ by: fc.constant("throttling" as const), method: fc.constant(method), count }),
    );
  });
  return fc.oneof({ arbitrary: written, weight: 2 }, { arbitrary: anywhere, weight: 1 });
}

/** An earlier moment, where a run came to its end before this one; `undefined` where there is none to try. */
export function earlier(moment: Moment): Moment | undefined {
  if (moment.by === "time") return moment.part > 0.02 ? { ...moment, part: moment.part / 2 } : undefined;
  if (moment.by === "requests" && moment.count > 1) return { ...moment, count: Math.floor(moment.count / 2) };
  return undefined;
}

function byTime(): fc.Arbitrary<Moment> {
  return fc.integer({ min: 1, max: 19 }).map((part) => ({ by: "time", part: part / 20 }));
}

import type { Action } from "./situation.ts";

/** What is live, and who knows of it; mappings as `mappingName` has them. */
export interface Snapshot {
  readonly live: readonly string[];
  /** What the states hold, with their stacks. */
  readonly managed: readonly { readonly stack: string; readonly mapping: string }[];
  /** What the states say was begun and not ended. */
  readonly pending: readonly string[];
  /** What the journals of `reconcile` hold, and the notes of the hosts of Pulumi's own commands. */
  readonly journalled: readonly string[];
  /** Files of the backend that cannot be read. */
  readonly damaged: readonly string[];
}

/** A command after the kill, and what it left once nobody had anything more to send. */
export interface Ended {
  /** `null` where it had to be killed because it did not end. */
  readonly code: number | null;
  readonly output: string;
  /** How many processes of the killed run were alive when it began. */
  readonly survivors: number;
  /** Writes that came to Azure after it had ended. */
  readonly lateWrites: readonly string[];
  readonly left: Snapshot;
}

/** What was seen of a kill. */
export interface Evidence {
  /** What ran after the kill. */
  readonly action: Action;
  /** What others had registered before. */
  readonly foreign: readonly string[];
  /** What that run had to bring about. */
  readonly wanted: readonly string[];
  /** As the kill left it. */
  readonly killed: Snapshot;
  readonly next: Ended;
  /** What was done after that, where it refused or left something that is known. */
  readonly wayOut?: Ended;
}

/** The ways in which a kill can end. */
export const OUTCOMES = ["clean", "healed", "known", "refused", "broken"] as const;

/** What a kill came to, and what speaks against it. */
export interface Verdict {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly problems: readonly string[];
}

/**
 * What leads on: out of a refusal the same command once the killed run is gone, or one with `--refresh`; a `reconcile` for
 * what is known and left live.
 */
export type WayOut = "again" | "refresh" | "reconcile";

const ERROR = /\[CSP_[A-Z_]+\]/;
const LEFT = /\[CSP_WRITES_LEFT\]/;
const BUSY = /\[CSP_(RECONCILE_BUSY|RECONCILE_RUN_ALIVE|COMMAND_STACK_BUSY)\]/;

/** What has to be done after the next run; `undefined` where nothing has. */
export function wayOutOf(evidence: Omit<Evidence, "killed" | "wayOut">): WayOut | undefined {
  const { action, foreign, wanted, next } = evidence;
  if (next.code === 0) return remainingIn(next.left, { foreign, wanted }).length > 0 ? "reconcile" : undefined;
  if (isOurs(action)) return "again";
  if (LEFT.test(next.output)) return "reconcile";
  return next.output.includes("--refresh") ? "refresh" : "again";
}

/**
 * Judges a kill.
 *
 * - `clean`: it left nothing to mend.
 * - `healed`: the next run mended what it left.
 * - `known`: the next run ended well, and left live what a state or a journal knows; `reconcile` removed it.
 * - `refused`: the next run said by a code why it cannot go on, and the way out that it named leads out.
 * - `broken`: anything else.
 */
export function judge(evidence: Evidence): Verdict {
  const { action, foreign, killed, next, wayOut } = evidence;
  const remaining = next.code === 0 ? remainingIn(next.left, evidence) : [];
  const problems = [
    ...problemsAfter("next run", next, evidence),
    ...(next.code === 0 ? [] : refusalProblems(action, next)),
    ...(isOurs(action) ? remaining.map((mapping) => `next run: left behind: ${mapping}`) : []),
    ...(wayOut ? [...problemsAfter("way out", wayOut, evidence), ...wayOutProblems(wayOut, evidence)] : []),
  ];
  if (problems.length > 0) return { outcome: "broken", problems };
  if (next.code !== 0) return { outcome: "refused", problems };
  if (remaining.length > 0) return { outcome: "known", problems };
  return { outcome: leftNothing(killed, foreign) ? "clean" : "healed", problems };
}

/** What must not be, whatever the command said, and what must not be where it said that all is well. */
function problemsAfter(name: string, ended: Ended, { action, foreign, wanted }: Evidence): readonly string[] {
  const { code, lateWrites, left } = ended;
  const live = new Set(left.live);
  const managed = new Set(left.managed.map(({ mapping }) => mapping));
  const always = [
    ...left.damaged.map((file) => `damaged: ${file}`),
    ...unknownIn(left, foreign).map((each) => `known to nobody: ${each}`),
  ];
  const missing = action === "adopt" ? [] : wanted.filter((each) => !live.has(each));
  const whereAllIsWell = [
    ...missing.map((each) => `missing: ${each}`),
    ...wanted.filter((each) => live.has(each) && !managed.has(each)).map((each) => `not managed: ${each}`),
    ...heldTwice(left).map((each) => `held twice: ${each}`),
    ...lateWrites.map((each) => `written afterwards: ${each}`),
    ...(isOurs(action) && left.journalled.length > 0 ? ["a journal is left"] : []),
  ];
  return [...always, ...(code === 0 ? whereAllIsWell : [])].map((problem) => `${name}: ${problem}`);
}

/** Our own command needs nobody's hand: it may only say that the killed run is not over yet. */
function refusalProblems(action: Action, { code, output, survivors }: Ended): readonly string[] {
  const isExplained = isOurs(action) ? BUSY.test(output) && survivors > 0 : code !== null && ERROR.test(output);
  return isExplained ? [] : [`next run: failed with ${code === null ? "no exit code" : `exit code ${code}`}`];
}

function wayOutProblems({ code, left }: Ended, { foreign, wanted }: Evidence): readonly string[] {
  if (code !== 0) return [`way out: failed with exit code ${code}`];
  return remainingIn(left, { foreign, wanted }).map((mapping) => `way out: left behind: ${mapping}`);
}

/** What is live, not somebody else's, and in no state and no journal. */
function unknownIn({ live, managed, pending, journalled }: Snapshot, foreign: readonly string[]): readonly string[] {
  const accounted = new Set([...foreign, ...managed.map(({ mapping }) => mapping), ...pending, ...journalled]);
  return live.filter((mapping) => !accounted.has(mapping));
}

/** What is live, not wanted and not somebody else's. */
function remainingIn({ live }: Snapshot, { foreign, wanted }: Pick<Evidence, "foreign" | "wanted">): readonly string[] {
  const accounted = new Set([...foreign, ...wanted]);
  return live.filter((mapping) => !accounted.has(mapping));
}

function leftNothing({ live, managed, pending, journalled, damaged }: Snapshot, foreign: readonly string[]): boolean {
  if (pending.length + journalled.length + damaged.length > 0) return false;
  const held = new Set(managed.map(({ mapping }) => mapping));
  const strangers = new Set(foreign);
  return live.every((each) => strangers.has(each) || held.has(each)) && [...held].every((each) => live.includes(each));
}

function heldTwice({ managed }: Snapshot): readonly string[] {
  const byMapping = Map.groupBy(managed, ({ mapping }) => mapping);
  return [...byMapping].flatMap(([mapping, held]) => (held.length > 1 ? [mapping] : []));
}

function isOurs(action: Action): boolean {
  return action === "reconcile" || action === "reconcile per registration" || action === "adopt";
}

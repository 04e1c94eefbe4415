import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { killTree } from "../../support/killTree.ts";
import type { RunningCommand } from "../../support/pulumiCommand.ts";
import { type Course, courseOf } from "./course.ts";
import { type Family, killIn, untilSilent } from "./family.ts";
import { type Ended, type Evidence, judge, type Snapshot, type Verdict, wayOutOf } from "./judge.ts";
import { type KillPlace, openKillPlace } from "./killPlace.ts";
import { mappingsOf } from "./lists.ts";
import { type Action, earlier, type Moment, type Situation } from "./situation.ts";
import { liveMappings, takeSnapshot } from "./snapshot.ts";

/** What a kill came to. */
export interface KillReport extends Verdict {
  /** What the commands after it printed. */
  readonly output: string;
}

/** What `Retry-After` asks for: longer than the next run takes, so that what waits for it would come after that. */
const RETRY_AFTER_IN_SECONDS = 15;

/** Longer than that, and than the pauses that the clients choose by themselves. */
const LONGEST_PAUSE_IN_MS = 20_000;

/** Nothing of what is run here takes half as long on a busy machine. */
const LONGEST_RUN_IN_MS = 120_000;

/** Kills a run, and where it had ended by then another one, at an earlier moment. */
export async function killSomewhere(situation: Situation): Promise<KillReport> {
  const report = await runKill(situation);
  if (report) return report;
  const moment = earlier(situation.moment);
  if (!moment) throw new Error("The run came to its end before it could be killed.");
  return await killSomewhere({ ...situation, moment });
}

/**
 * Kills a run as the situation says, runs what a user would run next, and judges what came of it.
 *
 * @returns `undefined` where the run came to its end before it could be killed
 */
export async function runKill(situation: Situation): Promise<KillReport | undefined> {
  const { victim, moment, again } = situation;
  const course = courseOf(situation);
  const place = await openKillPlace(situation, course.before);
  const families: Family[] = [];
  try {
    const foreign = foreignIn(place, course);
    await place.declare(course.killed.rows);
    const family = await killRun(place, { action: course.killed.action, victim, moment });
    if (!family) return undefined;
    families.push(family);
    await place.declare(course.next.rows);
    if (again) {
      await freeByHand(place, course.next.action);
      const second = await killRun(place, { action: course.next.action, victim, moment: again });
      if (second) families.push(second);
    }
    return await recover(place, { course, families, foreign });
  } finally {
    for (const family of families) family.end();
    await place.close();
  }
}

/** What is live and nobody's business: all but what the stack has registered. */
function foreignIn({ azure }: KillPlace, { isManaged, before }: Course): readonly string[] {
  const own = new Set(isManaged ? mappingsOf(before) : []);
  return liveMappings(azure).filter((mapping) => !own.has(mapping));
}

async function killRun(
  place: KillPlace,
  { action, victim, moment }: Pick<Situation, "victim" | "moment"> & { readonly action: Action },
): Promise<Family | undefined> {
  const { azure } = place;
  const reached = momentIn(place, moment);
  const { pid, result } = place.start(action);
  let isOver = false;
  const ended = result.then(() => {
    isOver = true;
  });
  try {
    await Promise.race([reached, ended]);
    return await killIn(pid, { victim, hasEnded: () => isOver });
  } finally {
    azure.release();
    // What was spared tells of it, and ends by itself.
    await endOf({ pid, result });
  }
}

function momentIn({ azure, durationInMs }: KillPlace, moment: Moment): Promise<void> {
  if (moment.by === "time") return pause(moment.part * durationInMs);
  if (moment.by === "requests") return azure.hold({ match: { path: "/Microsoft.AzureStack/" }, nth: moment.count });
  const { method, count } = moment;
  if (moment.by === "writes") return azure.hold({ match: { method }, nth: count, when: moment.when });
  const what = { status: 429, code: "TooManyRequests", retryAfter: RETRY_AFTER_IN_SECONDS };
  return azure.hold({ match: { method }, after: count - 1, what });
}

async function recover(
  place: KillPlace,
  known: Pick<Evidence, "foreign"> & {
    readonly course: Course;
    readonly families: readonly Family[];
  },
): Promise<KillReport> {
  const { course, families, foreign } = known;
  const { action } = course.next;
  const wanted = mappingsOf(course.wanted);
  const killed = await snapshotOf(place);
  await freeByHand(place, action);
  const next = await runToEnd(place, families, () => place.start(action));
  const evidence: Evidence = { action, foreign, wanted, killed, next };
  const way = wayOutOf(evidence);
  if (way === undefined) return { ...judge(evidence), output: next.output };
  await freeByHand(place, action);
  const wayOut = await runToEnd(place, families, () => place.startWayOut(way, action));
  return { ...judge({ ...evidence, wayOut }), output: `${next.output}\n=== ${way}\n${wayOut.output}` };
}

async function runToEnd(place: KillPlace, families: readonly Family[], start: () => RunningCommand): Promise<Ended> {
  const { azure } = place;
  const survivors = families.flatMap((family) => family.living()).length;
  const { code, stdout, stderr } = await endOf(start());
  const { length } = azure.journal();
  await untilSilent(families, { azure, longestPauseInMs: LONGEST_PAUSE_IN_MS });
  const lateWrites = azure
    .journal()
    .slice(length)
    .filter(({ method }) => method === "PUT" || method === "DELETE")
    .map(({ method, path }) => `${method} ${path}`);
  return { code, output: `${stdout}${stderr}`, survivors, lateWrites, left: await snapshotOf(place) };
}

/** The end of a command; one that does not come to it is killed. */
async function endOf({ pid, result }: Pick<RunningCommand, "pid" | "result">) {
  const timer = setTimeout(() => killTree(pid), LONGEST_RUN_IN_MS);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}

/** What survived may replace a file while the backend is read. */
async function snapshotOf({ azure, env }: KillPlace): Promise<Snapshot> {
  try {
    return await takeSnapshot(azure, { env });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return await takeSnapshot(azure, { env });
  }
}

/** Pulumi asks for `pulumi cancel` after a kill; our own command needs nobody's hand. */
async function freeByHand({ env, cancel }: KillPlace, action: Action): Promise<void> {
  if (action !== "up" && action !== "up without checkpoints" && action !== "destroy") return;
  const locks = join(fileURLToPath(env.PULUMI_BACKEND_URL ?? ""), ".pulumi", "locks");
  const files = await readdir(locks, { recursive: true }).catch(() => []);
  if (files.some((file) => file.endsWith(".json"))) await cancel();
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulatorProcess } from "../scripts/dev/emulatorProcess.ts";
import type { BenchmarkSettings } from "./arguments.ts";
import { buildPackages } from "./buildPackages.ts";
import { type Contender, createFloor, createSubject } from "./contender.ts";
import { type Customer, makeCustomers, makeWorld } from "./customers.ts";
import { createRequestCounter, type RequestCounter, type Requests } from "./measuring/requests.ts";

/** The phases in the order they run. */
const phases = {
  up: ["up", "--yes", "--skip-preview"],
  noop: ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  preview: ["preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

export type Phase = keyof typeof phases;

/** What one phase took, beside what the engine's floor took. */
export interface PhaseResult extends Requests {
  readonly seconds: number;
  readonly floorSeconds: number;
  readonly peakProviderMiB: number | null;
  readonly floorProviderMiB: number | null;
  /** With throttling: how long ARM's buckets make these requests take at least. */
  readonly bucketSeconds?: number;
}

/** What a benchmark found. */
export interface BenchmarkResult {
  readonly tenants: number;
  readonly phases: Readonly<Record<Phase, PhaseResult>>;
  readonly stateBytesPerTenant: number;
  readonly floorStateBytesPerTenant: number;
}

interface Course {
  readonly subject: Contender;
  readonly floor: Contender;
  readonly counter: RequestCounter;
  readonly settings: BenchmarkSettings;
  readonly say: (text: string) => void;
}

/**
 * Runs the main job and the engine's floor through all phases, phase by phase in turn, against an emulator of their own.
 *
 * @throws Error where a Pulumi command fails, with its output
 */
export async function runBenchmark(settings: BenchmarkSettings, say: (text: string) => void): Promise<BenchmarkResult> {
  say("build");
  buildPackages();
  const customers = makeCustomers(settings.tenants);
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const world = join(folder, "world.json");
  await writeFile(world, JSON.stringify(makeWorld(customers)));
  const throttle = settings.throttle ? ["--throttle"] : [];
  const emulator = await startEmulatorProcess({
    args: ["--world", world, "--latency", `${settings.latencyInMs}`, ...throttle],
  });
  const contenders: Contender[] = [];
  try {
    const options = { azure: emulator.connection, checkpoints: settings.checkpoints };
    const subject = await createSubject({ ...options, liveChecks: settings.liveChecks });
    contenders.push(subject);
    const floor = await createFloor(options);
    contenders.push(floor);
    const counter = await createRequestCounter(emulator.connection);
    return await run({ subject, floor, counter, settings, say }, customers);
  } finally {
    await Promise.all(contenders.map((contender) => contender.remove()));
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(course: Course, customers: readonly Customer[]): Promise<BenchmarkResult> {
  const { subject, floor, settings } = course;
  course.say("no tenants");
  const empty = await startEmpty(subject);
  const floorEmpty = await startEmpty(floor);
  await subject.declare(customers);
  await floor.declare(customers);
  const up = await runPhase(course, "up");
  const stateBytes = (await subject.stateBytes()) - empty;
  const floorStateBytes = (await floor.stateBytes()) - floorEmpty;
  const rest = {
    noop: await runPhase(course, "noop"),
    preview: await runPhase(course, "preview"),
    refresh: await runPhase(course, "refresh"),
    destroy: await runPhase(course, "destroy"),
  };
  return {
    tenants: settings.tenants,
    phases: { up, ...rest },
    stateBytesPerTenant: stateBytes / settings.tenants,
    floorStateBytesPerTenant: floorStateBytes / settings.tenants,
  };
}

/** Brings a stack up without a single tenant; the size of its state. */
async function startEmpty(contender: Contender): Promise<number> {
  await contender.declare([]);
  await contender.run(phases.up);
  return contender.stateBytes();
}

async function runPhase(course: Course, phase: Phase): Promise<PhaseResult> {
  const { subject, floor, counter, settings, say } = course;
  say(phase);
  await counter.reset();
  const ours = await subject.run(phases[phase]);
  const requests = await counter.count();
  const theirs = await floor.run(phases[phase]);
  return {
    seconds: ours.seconds,
    floorSeconds: theirs.seconds,
    ...requests,
    peakProviderMiB: ours.peakMiB,
    floorProviderMiB: theirs.peakMiB,
    ...(settings.throttle ? { bucketSeconds: bucketSeconds(requests) } : {}),
  };
}

/** ARM's buckets are full at first and refill steadily, each on its own; the slowest one counts. */
function bucketSeconds({ requests: { GET, PUT, DELETE } }: Requests): number {
  return Math.max(0, (GET - 250) / 25, (PUT - 200) / 10, (DELETE - 200) / 10);
}

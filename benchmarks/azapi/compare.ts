import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type EmulatorProcess, startEmulatorProcess } from "../../scripts/dev/emulatorProcess.ts";
import { type EmulatorConnection, localEnvironment } from "../../scripts/dev/environment.ts";
import type { BenchmarkSettings } from "../arguments.ts";
import { buildPackages } from "../buildPackages.ts";
import { makeCustomers, makeWorld } from "../customers.ts";
import { createRequestCounter, type RequestCounter, type Requests } from "../measuring/requests.ts";
import { findTerraform } from "./findTerraform.ts";
import { createAzapi, createPulumi, createReconcile, type Phase, phases, type Rival } from "./rivals.ts";

/** What one rival took for one phase. */
export interface Measurement extends Requests {
  readonly phase: Phase;
  readonly rival: string;
  readonly seconds: number;
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  /** Customers that are live after it and should not be, or are not and should. */
  readonly failed: number;
  readonly peakMiB: number | null;
}

/** What a comparison found. */
export interface Comparison {
  readonly tenants: number;
  readonly throttled: boolean;
  readonly terraform: string;
  readonly cores: number;
  /** The load average over a minute, before the first phase. */
  readonly loadBefore: number;
  readonly measurements: readonly Measurement[];
  readonly stateBytesPerTenant: Readonly<Record<string, number>>;
}

/** A rival with the Azure that it has to itself. */
interface Lane {
  readonly rival: Rival;
  readonly counter: RequestCounter;
  live: number;
}

/**
 * Runs azapi, Pulumi with and without checkpoints, and `reconcile`, phase by phase in turn, each against an emulator of
 * its own.
 *
 * A command that fails is part of what is measured.
 * @throws Error `TERRAFORM_NOT_FOUND`, `AZAPI_NOT_FOUND`, `NOT_BUILT`
 */
export async function compare(settings: BenchmarkSettings, say: (text: string) => void): Promise<Comparison> {
  const terraform = await findTerraform(localEnvironment(process.env));
  const loadBefore = loadavg()[0] ?? 0;
  say("build");
  buildPackages();
  const customers = makeCustomers(settings.tenants);
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const world = join(folder, "world.json");
  await writeFile(world, JSON.stringify(makeWorld(customers)));
  const limits = settings.throttle ? ["--throttle"] : [];
  const emulators: EmulatorProcess[] = [];
  const lanes: Lane[] = [];
  const enter = async (create: (azure: EmulatorConnection) => Promise<Rival>) => {
    const args = ["--world", world, "--latency", `${settings.latencyInMs}`, ...limits];
    const emulator = await startEmulatorProcess({ args });
    emulators.push(emulator);
    const rival = await create(emulator.connection);
    lanes.push({ rival, counter: await createRequestCounter(emulator.connection), live: 0 });
  };
  try {
    await enter((azure) => createAzapi({ azure, customers, terraform }));
    await enter((azure) => createPulumi({ azure, customers, checkpoints: true }));
    await enter((azure) => createPulumi({ azure, customers, checkpoints: false }));
    await enter((azure) => createReconcile({ azure, customers }));
    const { measurements, stateBytes } = await race(lanes, settings.tenants, say);
    return {
      tenants: settings.tenants,
      throttled: settings.throttle,
      terraform: `${terraform.program} ${terraform.version}`,
      cores: availableParallelism(),
      loadBefore,
      measurements,
      stateBytesPerTenant: stateBytes,
    };
  } finally {
    await Promise.all(lanes.map(({ rival }) => rival.remove()));
    await Promise.all(emulators.map((emulator) => emulator.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function race(lanes: readonly Lane[], tenants: number, say: (text: string) => void) {
  const measurements: Measurement[] = [];
  const stateBytes: Record<string, number> = {};
  for (const phase of phases) {
    for (const lane of lanes) {
      say(`${phase}: ${lane.rival.name}`);
      const measurement = await measure(lane, phase, tenants);
      if (measurement) measurements.push(measurement);
      if (phase === "apply") stateBytes[lane.rival.name] = (await lane.rival.stateBytes()) / tenants;
    }
  }
  return { measurements, stateBytes };
}

async function measure(lane: Lane, phase: Phase, tenants: number): Promise<Measurement | undefined> {
  const { rival, counter } = lane;
  await counter.reset();
  const ended = await rival.run(phase);
  if (!ended) return undefined;
  const requests = await counter.count();
  lane.live += requests.written - requests.removed;
  const wanted = phase === "destroy" ? 0 : tenants;
  // Why it failed is worth reading, and has no place in a table.
  if (ended.code !== 0) console.error((ended.stderr || ended.stdout).slice(0, 2000));
  return {
    phase,
    rival: rival.name,
    seconds: ended.seconds,
    exitCode: ended.code,
    failed: Math.abs(wanted - lane.live),
    peakMiB: ended.peakMiB,
    ...requests,
  };
}

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulatorProcess } from "../scripts/dev/emulatorProcess.ts";
import { type EmulatorConnection, emulatorEnvironment } from "../scripts/dev/environment.ts";
import { startReconcile } from "../tests/e2e/reconcile/support/reconcileCommand.ts";
import { parseBenchmarkArguments, usage } from "./arguments.ts";
import { buildPackages } from "./buildPackages.ts";
import { createSubject } from "./contender.ts";
import { type Customer, makeCustomers, makeTenantList, makeWorld } from "./customers.ts";

const settings = parseBenchmarkArguments(process.argv.slice(2));
if (settings.help) console.log(usage);
else await main(makeCustomers(settings.tenants));

/** Measures `reconcile` of a list of new tenants beside `pulumi up` with its preview, each against Azure of its own. */
async function main(customers: readonly Customer[]): Promise<void> {
  buildPackages();
  const upSeconds = await withEmulator(customers, async (azure) => await measureUp(azure, customers));
  const reconcileSeconds = await withEmulator(customers, async (azure) => await measureReconcile(azure, customers));
  const result = { tenants: customers.length, upSeconds, reconcileSeconds, ratio: reconcileSeconds / upSeconds };
  console.log(JSON.stringify(result));
}

async function measureUp(azure: EmulatorConnection, customers: readonly Customer[]): Promise<number> {
  const subject = await createSubject({ azure, checkpoints: settings.checkpoints });
  try {
    await subject.declare(customers);
    return (await subject.run(["up", "--yes"])).seconds;
  } finally {
    await subject.remove();
  }
}

async function measureReconcile(azure: EmulatorConnection, customers: readonly Customer[]): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const folder = join(root, "list");
  try {
    await mkdir(folder);
    await writeFile(join(folder, "tenants.yaml"), makeTenantList(customers));
    const env = emulatorEnvironment({ ambient: process.env, azure, folder: root });
    const startedAt = performance.now();
    const { code, stdout, stderr } = await startReconcile({ folder, env }, "--stack", "test", "--json").result;
    if (code !== 0) throw new Error(`reconcile ended with exit code ${code}:\n${stdout}${stderr}`);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function withEmulator<Result>(
  customers: readonly Customer[],
  measure: (azure: EmulatorConnection) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-world-"));
  const world = join(folder, "world.json");
  await writeFile(world, JSON.stringify(makeWorld(customers)));
  const emulator = await startEmulatorProcess({ args: ["--world", world, "--latency", `${settings.latencyInMs}`] });
  try {
    return await measure(emulator.connection);
  } finally {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

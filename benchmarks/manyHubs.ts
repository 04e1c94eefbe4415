import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "@azurestack-csp/emulator";
import { startEmulatorProcess } from "../scripts/dev/emulatorProcess.ts";
import { emulatorEnvironment } from "../scripts/dev/environment.ts";
import { startReconcile } from "../tests/e2e/reconcile/support/reconcileCommand.ts";
import { parseBenchmarkArguments, usage } from "./arguments.ts";
import { buildPackages } from "./buildPackages.ts";
import { type Customer, makeCustomers, makeWorld } from "./customers.ts";
import { watchPeakMemory } from "./measuring/peakMemory.ts";
import { createRequestCounter } from "./measuring/requests.ts";

/** Hubs, each in a registration subscription of its own. */
const HUBS = 50;

const settings = parseBenchmarkArguments(process.argv.slice(2));
if (settings.help) console.log(usage);
else await main(makeCustomers(settings.tenants));

/** Measures `reconcile --stack-per-registration` of new tenants that are spread over many Hubs. */
async function main(customers: readonly Customer[]): Promise<void> {
  buildPackages();
  const root = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  const folder = join(root, "list");
  await mkdir(folder);
  const world = withHubs(makeWorld(customers));
  await writeFile(join(root, "world.json"), JSON.stringify(world));
  await writeFile(join(folder, "tenants.yaml"), JSON.stringify(makeList(world, customers)));
  const emulator = await startEmulatorProcess({ args: ["--world", join(root, "world.json")] });
  try {
    const counter = await createRequestCounter(emulator.connection);
    await counter.reset();
    const env = emulatorEnvironment({ ambient: process.env, azure: emulator.connection, folder: root });
    const startedAt = performance.now();
    const command = startReconcile({ folder, env }, "--stack", "test", "--stack-per-registration", "--json");
    const memory = watchPeakMemory(command.pid);
    const { code, stdout, stderr } = await command.result;
    const seconds = (performance.now() - startedAt) / 1000;
    const peakProviderMiB = memory.stop();
    if (code !== 0) throw new Error(`reconcile ended with exit code ${code}:\n${stdout.slice(0, 2000)}${stderr}`);
    console.log(
      JSON.stringify({ tenants: customers.length, hubs: HUBS, seconds, peakProviderMiB, ...(await counter.count()) }),
    );
  } finally {
    await emulator.stop();
    await rm(root, { recursive: true, force: true });
  }
}

function withHubs(world: World): World {
  const [hub] = world.registrations ?? [];
  const subscription = world.subscriptions.find(({ subscriptionId }) => subscriptionId === hub?.subscriptionId);
  if (!hub || !subscription) throw new Error("The world has no registration to copy.");
  const ids = Array.from({ length: HUBS }, (_, index) => `c0000000-0000-4000-8000-${String(index).padStart(12, "0")}`);
  return {
    ...world,
    subscriptions: [...world.subscriptions, ...ids.map((subscriptionId) => ({ ...subscription, subscriptionId }))],
    registrations: ids.map((subscriptionId) => ({ ...hub, subscriptionId })),
  };
}

function makeList({ registrations = [] }: World, customers: readonly Customer[]) {
  const keyOf = (index: number) => `hub-${index}`;
  const hubs = registrations.map(({ subscriptionId, resourceGroup, name }, index) => [
    keyOf(index),
    { registrationSubscriptionId: subscriptionId, resourceGroup, registrationName: name },
  ]);
  const tenants = customers.map((customer, index) => ({ ...customer, registrations: [keyOf(index % HUBS)] }));
  return { registrations: Object.fromEntries(hubs) as object, tenants };
}

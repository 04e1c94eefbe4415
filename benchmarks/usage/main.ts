import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleWorld, startEmulatorProcess, workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import { emulatorEnvironment } from "../../scripts/dev/environment.ts";
import { writeListWithHubs } from "../../scripts/dev/listWithHubs.ts";
import { buildPackages } from "../buildPackages.ts";
import { measureCommand } from "../measuring/measureCommand.ts";
import { watchTreeMemory } from "../measuring/peakMemory.ts";
import { watchProcessorTime } from "../measuring/processorTime.ts";
import { align } from "../report.ts";
import { parseUsageArguments, usage } from "./arguments.ts";
import { type Contender, HOURS, type Place, plainPython, plainReader, preparePython, sync } from "./contenders.ts";
import { startHubProcess } from "./hubProcess.ts";
import { type Sums, sumFiles } from "./sums.ts";

/** What one of them took. */
interface Effort extends Sums {
  readonly name: string;
  readonly seconds: number;
  /** Processor time of its process, in seconds. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  /** Processor time that the server of pages took meanwhile. */
  readonly serverCpuSeconds: number;
}

/** Brings a month of usage in by the sync, a plain reader and a plain script, one after the other on the same pages. */
export async function benchmarkUsage(argv: readonly string[]): Promise<void> {
  const settings = parseUsageArguments(argv);
  if (settings.help) return console.log(usage);
  buildPackages();
  const contenders = [sync, plainReader, plainPython(preparePython())];
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-bench-"));
  try {
    const efforts: Effort[] = [];
    for (const contender of contenders) {
      console.error(`bench: ${contender.name}`);
      efforts.push(await measure(contender, { folder, rowsInAnHour: Math.ceil(settings.rows / HOURS) }));
    }
    refuseDifferent(efforts);
    console.log(settings.json ? JSON.stringify(efforts, undefined, 2) : table(efforts));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each begins with a server of its own, so that its time can be told. */
async function measure(
  contender: Contender,
  { folder, rowsInAnHour }: { readonly folder: string; readonly rowsInAnHour: number },
): Promise<Effort> {
  const emulator = await startEmulatorProcess({ args: ["--world", sampleWorld] });
  try {
    const { connection } = emulator;
    const [paris] = connection.hubs;
    if (!paris || connection.caCertificate === null) throw new Error("The emulator has no Hub.");
    const upstreamCa = connection.caCertificate;
    const hub = await startHubProcess({ rowsInAnHour, upstream: paris.admin.resourceManager, upstreamCa });
    const place = await createPlace({ folder, hub, connection });
    const command = contender.start(place);
    const endWatch = watchProcessorTime(command.pid);
    const result = await measureCommand(() => command, watchTreeMemory);
    const cpuSeconds = endWatch() ?? Number.NaN;
    const serverCpuSeconds = await hub.stop();
    if (result.code !== 0) throw new Error(`${contender.name} ended with ${result.code}: ${result.stderr}`);
    const { seconds, peakMiB } = result;
    const sums = await sumFiles(contender.files(place));
    return { name: contender.name, seconds, cpuSeconds, peakMiB: peakMiB ?? 0, serverCpuSeconds, ...sums };
  } finally {
    await emulator.stop();
  }
}

async function createPlace(options: {
  readonly folder: string;
  readonly hub: { readonly endpoint: string; readonly caPem: string };
  readonly connection: Parameters<typeof emulatorEnvironment>[0]["azure"];
}): Promise<Place> {
  const { folder, hub, connection } = options;
  const caFile = join(folder, "ca.pem");
  const own = await readFile(connection.caCertificate ?? "", "utf8");
  await writeFile(caFile, `${hub.caPem}\n${own}`);
  const list = join(folder, "tenants.yaml");
  const [paris, ...others] = connection.hubs;
  const hubs = paris ? [{ ...paris, admin: { ...paris.admin, resourceManager: hub.endpoint } }, ...others] : [];
  writeListWithHubs({ list: join(workspaceRoot, "tenants.yaml"), copy: list, hubs });
  await mkdir(join(folder, "tmp"), { recursive: true });
  const azure = { ...connection, caCertificate: caFile };
  const { NODE_OPTIONS: _sources, ...env } = emulatorEnvironment({ ambient: process.env, azure, folder });
  return { endpoint: hub.endpoint, caFile, list, env, folder };
}

/** Figures of different rows say nothing. */
function refuseDifferent(efforts: readonly Effort[]): void {
  const [first] = efforts;
  for (const { name, rows, quantity, keys } of efforts) {
    if (rows === first?.rows && quantity === first.quantity && keys === first.keys) continue;
    throw new Error(
      `${name} has ${rows} rows that add up to ${quantity} (${keys}); ${first?.name} has ${first?.rows}, ${first?.quantity} (${first?.keys}).`,
    );
  }
}

function table(efforts: readonly Effort[]): string {
  const [ours] = efforts;
  const head = ["", "seconds", "ratio", "rows/s", "rows/CPU s", "MiB", "ratio", "bytes/row", "server CPU s"];
  const rows = efforts.map((effort) => [
    effort.name,
    effort.seconds.toFixed(1),
    (effort.seconds / (ours?.seconds ?? 1)).toFixed(2),
    Math.round(effort.rows / effort.seconds).toLocaleString("en"),
    Math.round(effort.rows / effort.cpuSeconds).toLocaleString("en"),
    effort.peakMiB.toFixed(0),
    (effort.peakMiB / (ours?.peakMiB ?? 1)).toFixed(2),
    effort.bytesARow.toFixed(2),
    effort.serverCpuSeconds.toFixed(1),
  ]);
  return `${ours?.rows.toLocaleString("en")} rows\n${align([head, ...rows]).join("\n")}`;
}

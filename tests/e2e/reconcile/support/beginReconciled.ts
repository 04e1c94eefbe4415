import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, type Emulator, type Mapping } from "@azurestack-csp/emulator";
import { lyon, paris } from "../../../support/customers.ts";
import { readBackend, type StackFiles, writeBackend } from "../../../support/stackFiles.ts";
import { assertSucceeded } from "../../../support/tenantStack.ts";
import { createListFolder, type ListFolder } from "./listFolder.ts";
import { reconcile } from "./reconcileCommand.ts";

/** What a reconcile left: the backend, and what is live. */
interface Start {
  readonly backend: StackFiles["backend"];
  readonly mappings: readonly Mapping[];
  /** How long it took. */
  readonly durationInMs: number;
}

const starts = new Map<string, Promise<Start>>();

/**
 * Brings a folder and an Azure of its own, both untouched so far, to where a reconcile of its list leaves them.
 *
 * The reconcile runs once for all tests that begin alike, on a sample world that no test sees.
 *
 * @returns how long it took.
 */
export async function beginReconciled(
  azure: Emulator,
  place: ListFolder,
  ...args: readonly string[]
): Promise<Pick<Start, "durationInMs">> {
  const list = await readFile(join(place.folder, "tenants.yaml"), "utf8");
  const key = JSON.stringify([list, args]);
  const start = starts.get(key) ?? run(list, args);
  starts.set(key, start);
  const { backend, mappings, durationInMs } = await start;
  await writeBackend(place, backend);
  for (const mapping of mappings) azure.facts.putCustomerSubscription(mapping);
  return { durationInMs };
}

async function run(list: string, args: readonly string[]): Promise<Start> {
  const azure = await createEmulator();
  const place = await createListFolder(azure, []);
  try {
    await writeFile(join(place.folder, "tenants.yaml"), list);
    const startedAt = performance.now();
    assertSucceeded(await reconcile(place, ...args));
    const durationInMs = performance.now() - startedAt;
    const mappings = [paris, lyon].flatMap((registration) =>
      azure.facts.customerSubscriptions(registration).map((mapping) => ({ ...registration, ...mapping })),
    );
    return { backend: await readBackend(place), mappings, durationInMs };
  } finally {
    await place.remove();
    await azure.close();
  }
}

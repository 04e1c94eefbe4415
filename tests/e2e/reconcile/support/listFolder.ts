import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmulatorConnection, emulatorEnvironment } from "../../../../scripts/dev/environment.ts";
import { type Row, tenantList } from "../../../support/tenantStack.ts";
import type { CommandPlace } from "./reconcileCommand.ts";

/** A folder that holds a list and nothing else. */
export interface ListFolder extends CommandPlace {
  declare(rows: readonly Row[]): Promise<void>;
  /** Removes the folder, its backend and what Pulumi keeps for it. */
  remove(): Promise<void>;
}

/** Makes a folder with nothing but a list in it, and a backend beside it. */
export async function createListFolder(azure: EmulatorConnection, rows: readonly Row[]): Promise<ListFolder> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "azurestack-csp-list-")));
  const folder = join(root, "list");
  await mkdir(folder);
  const declare: ListFolder["declare"] = (list) => writeFile(join(folder, "tenants.yaml"), tenantList(list));
  await declare(rows);
  return {
    folder,
    env: { ...emulatorEnvironment({ ambient: process.env, azure, folder: root }), NO_COLOR: "1" },
    declare,
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The journals that runs have left in the folder's backend. */
export async function journalsIn({ env }: CommandPlace): Promise<readonly string[]> {
  const backend = fileURLToPath(env.PULUMI_BACKEND_URL ?? "");
  const files = await readdir(join(backend, ".pulumi", "azurestack-csp", "azurestack-csp"));
  return files.filter((file) => file.includes("journal"));
}
